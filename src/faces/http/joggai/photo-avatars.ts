// JoggAI photo avatars: people generated from words or taken from a picture, and given motion, which makes them avatars.
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { OwnAvatar } from '../../../core/own-avatar.ts'
import { readManner } from '../../../domain/motion/read-manner.ts'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read, refusal, text, word } from '../fields.ts'
import { accountOf, idOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { ownPreviewPath } from '../media.ts'
import { keyInLink } from '../own-file.ts'
import { linkerOf } from './make-video.ts'
import { pictureAt } from './picture-at.ts'
import { ASPECT_ALIASES, ASPECT_WORDS } from './video-request.ts'

const AGES = { Teenager: 'teenager', 'Young adult': 'young_adult', Adult: 'adult', Elderly: 'senior' } as const
const ETHNICITIES = {
  European: 'european',
  African: 'african',
  'South Asian': 'south_asian',
  'East Asian': 'east_asian',
  'Middle Eastern': 'middle_eastern',
  'South American': 'south_american',
  'North American': 'north_american',
} as const
const address = text('the address of a picture, as a string')

/** What asks for people. */
export const generateSchema = z.object({
  age: word(['Teenager', 'Young adult', 'Adult', 'Elderly'], { young_adult: 'Young adult', senior: 'Elderly' }),
  avatar_style: word(['Professional', 'Social']),
  gender: word(['Female', 'Male']),
  model: word(['classic', 'modern']),
  aspect_ratio: word(ASPECT_WORDS, ASPECT_ALIASES),
  ethnicity: text('a word such as "European"').optional(),
  background: text('words for what stands behind').optional(),
  appearance: text('words for how the person looks').optional(),
  image_url: address.optional(),
  name: text('a name').optional(),
})
/** With a picture, nothing else need be said (contract U11). */
const DEFAULTS = {
  age: 'Adult',
  avatar_style: 'Professional',
  gender: 'Female',
  model: 'modern',
  aspect_ratio: 'portrait',
}

/** What gives a picture motion. */
export const motionSchema = z.object({
  image_url: address,
  name: text('a name for the avatar').max(200, { error: 'a name of at most 200 characters' }),
  voice_id: text('the voice_id of a voice in GET /v2/voices').optional(),
  model: word(['1.0', '2.0', '2.0-Pro', '3.0'], { '1': '1.0', '2': '2.0', '3': '3.0' }).optional(),
  photo_id: text('the photo_id of the picture').optional(),
  description: text('words for the motion').max(1500, { error: 'at most 1500 characters' }).optional(),
  welcome_msg: text('a greeting').max(500, { error: 'a greeting of at most 500 characters' }).optional(),
})

/** Begins to make four people, or takes the one in a picture. @returns the photo_id. @throws Fault */
export async function beginPhoto(request: FastifyRequest, services: Services): Promise<string> {
  const { photo_url: alias, ...given } = fieldsOf(request.body)
  const body: Record<string, unknown> = { ...(alias === undefined ? {} : { image_url: alias }), ...given }
  const asked = read(generateSchema, body.image_url === undefined ? body : { ...DEFAULTS, ...body })
  const known = Object.entries(ETHNICITIES).find(([name]) => name.toLowerCase() === asked.ethnicity?.toLowerCase())?.[1]
  // Words that are no ethnicity of ours are read like any other words of an appearance.
  const appearance = [known ? undefined : asked.ethnicity, asked.appearance].filter(Boolean).join(', ')
  const picture = asked.image_url ? await pictureAt('image_url', asked.image_url, services) : undefined
  const generation = await services.generations.begin(
    accountOf(request).id,
    {
      gender: asked.gender === 'Female' ? 'female' : 'male',
      age: AGES[asked.age],
      style: asked.avatar_style === 'Professional' ? 'professional' : 'social',
      model: asked.model,
      aspectRatio: asked.aspect_ratio,
      ...(known ? { ethnicity: known } : {}),
      ...(appearance ? { appearance } : {}),
      ...(asked.background ? { background: asked.background } : {}),
    },
    { linkBase: linkBase(request, services.config), ...(picture ? { picture } : {}), ...idOf(request) },
  )
  return generation.id
}

const PHOTO_STATUS = { pending: 'in_progress', completed: 'success', failed: 'error' } as const
/** What asks how pictures stand. */
export const photoQuery = z.object({ photo_id: text('the photo_id that the generate call answered') })

/** How the pictures of a photo_id stand. @param none what stands for pictures that are not there yet. @throws Fault */
export async function photoAnswer(
  request: FastifyRequest,
  services: Services,
  none: [] | null,
): Promise<Record<string, unknown>> {
  const { photo_id: id } = read(photoQuery, fieldsOf(request.query))
  const { status, failure, people, notes } = await services.generations.get(accountOf(request).id, id)
  const keys = people.map(({ fileKey }) => fileKey)
  return {
    photo_id: id,
    status: PHOTO_STATUS[status],
    image_url_list: keys.length === 0 ? none : keys.map(linkerOf(request, services)),
    image_key_list: keys.length === 0 ? none : keys,
    msg: failure?.message ?? (notes.length > 0 ? notes.join(' ') : null),
  }
}

/** Makes an avatar of a picture. @throws Fault */
export async function addMotion(request: FastifyRequest, services: Services): Promise<OwnAvatar> {
  const asked = read(motionSchema, fieldsOf(request.body))
  const accountId = accountOf(request).id
  if (asked.voice_id) services.voices.find(asked.voice_id)
  const options = {
    name: asked.name,
    voiceId: asked.voice_id ?? null,
    manner: readManner(asked.description ?? ''),
    greeting: asked.welcome_msg ?? null,
    linkBase: linkBase(request, services.config),
    ...idOf(request),
  }
  const key = keyInLink(asked.image_url, services) ?? asked.image_url
  const generation = /^generations\/([0-9a-f]{32})-\d+\.jpg$/.exec(key)?.[1]
  if (generation) {
    const { people } = await services.generations.get(accountId, generation)
    const person = people.find(({ fileKey }) => fileKey === key)
    if (!person) throw refusal('image_url', asked.image_url, 'an address of GET photo_avatar/photo')
    return services.ownAvatars.addPerson(accountId, person, options)
  }
  return services.ownAvatars.addPicture(accountId, await pictureAt('image_url', asked.image_url, services), options)
}

/** What asks how an avatar in the making stands. */
export const motionQuery = z.object({ motion_id: text('the motion_id that the add_motion call answered') })

/** How an avatar in the making stands. @param words of its state, for pending, completed and failed. @throws Fault */
export async function motionAnswer(
  request: FastifyRequest,
  services: Services,
  words: Readonly<Record<OwnAvatar['status'], string>>,
): Promise<Record<string, unknown>> {
  const { motion_id: id } = read(motionQuery, fieldsOf(request.query))
  const avatar = await services.ownAvatars.get(accountOf(request).id, id)
  const { speakerId } = avatar
  return {
    motion_id: avatar.id,
    avatar_id: avatar.number,
    image_url: linkerOf(request, services)(avatar.fileKey),
    name: avatar.name,
    status: words[avatar.status],
    motion_preview_url:
      speakerId === null ? '' : `${linkBase(request, services.config)}${ownPreviewPath(services.files, avatar.id)}`,
    voice_id: avatar.voiceId ?? (speakerId === null ? '' : services.library.find(speakerId).voiceId),
    error_msg: avatar.failure?.message ?? null,
  }
}
