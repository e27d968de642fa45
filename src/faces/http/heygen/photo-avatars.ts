// HeyGen's photo avatars: people generated from words, groups of looks, and what is done to them.
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { NotFound, Unsupported } from '../../../core/errors.ts'
import type { OwnAvatar } from '../../../core/own-avatar.ts'
import type { Services } from '../../../services/open.ts'
import { text } from '../fields.ts'
import { accountOf, idOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { HeygenFault, v2 } from './envelope.ts'
import { readHeygen } from './generate-request.ts'
import { keyOfGenerated, lookOfKey } from './image-keys.ts'
import { lookAnswer, pictureLink } from './looks.ts'
import { lookId } from './people.ts'
import { photoSchema, sceneFields, toLookRequest, toPersonRequest } from './photo-request.ts'

const name = text('a name').max(200, { error: 'a name of at most 200 characters' })
const imageKey = text('the image_key of an uploaded or a generated picture')
const generationId = z.string().optional()
const createSchema = z.object({ name, image_key: imageKey, generation_id: generationId })
const addSchema = z.object({
  group_id: text('the id of a group'),
  image_keys: z
    .array(imageKey, { error: 'a list of 1 to 4 image keys' })
    .min(1, { error: 'a list of 1 to 4 image keys' })
    .max(4, { error: 'a list of 1 to 4 image keys' }),
  name,
  generation_id: generationId,
})
const groupSchema = z.object({ group_id: text('the id of a group') })
const lookSchema = z.object({
  group_id: text('the id of a group'),
  prompt: text('words about clothes, hair and what stands behind').max(1000, {
    error: 'words of at most 1000 characters',
  }),
  ...sceneFields,
})
const motionSchema = z.object({ id: text('the id of a photo avatar') })
type ById = { Params: { id: string } }

/** Adds photo_avatar/* and photo_avatar_group/{id}. */
export function photoAvatarRoutes(app: FastifyInstance, services: Services): void {
  const { ownAvatars, generations } = services

  app.post('/v2/photo_avatar/photo/generate', { config: { doc: { body: photoSchema } } }, async (request) => {
    const { person, notes } = toPersonRequest(readHeygen(photoSchema, request.body))
    const made = await generations.begin(accountOf(request).id, person, {
      notes,
      linkBase: linkBase(request, services.config),
      ...idOf(request),
    })
    return v2({ generation_id: made.id })
  })
  app.get<ById>('/v2/photo_avatar/generation/:id', async (request) => {
    const { id, status, failure, people, notes } = await generations.get(accountOf(request).id, request.params.id)
    return v2({
      id,
      status: status === 'completed' ? 'success' : status,
      msg: failure?.message ?? null,
      image_url_list: people.map(({ fileKey }) => pictureLink(request, services, fileKey)),
      image_key_list: people.map((_, index) => keyOfGenerated(id, index)),
      notes,
    })
  })
  app.post('/v2/photo_avatar/avatar_group/create', { config: { doc: { body: createSchema } } }, async (request) => {
    const asked = readHeygen(createSchema, request.body)
    const look = await lookOfKey(services, accountOf(request).id, asked.image_key, {
      name: asked.name,
      linkBase: linkBase(request, services.config),
      ...idOf(request),
    })
    return v2(lookAnswer(request, services, look))
  })
  app.post('/v2/photo_avatar/avatar_group/add', { config: { doc: { body: addSchema } } }, async (request) => {
    const asked = readHeygen(addSchema, request.body)
    const { id: accountId } = accountOf(request)
    const groupId = (await groupOf(accountId, asked.group_id))[0]!.groupId
    const looks: OwnAvatar[] = []
    const made = { name: asked.name, groupId, linkBase: linkBase(request, services.config) }
    for (const key of asked.image_keys) {
      looks.push(await lookOfKey(services, accountId, key, made))
    }
    return v2({ photo_avatar_list: looks.map((look) => lookAnswer(request, services, look)) })
  })
  // Looks need no training here: they can be used as soon as they are made.
  app.post('/v2/photo_avatar/train', { config: { doc: { body: groupSchema } } }, async (request) => {
    const { id: accountId } = accountOf(request)
    const looks = await groupOf(accountId, readHeygen(groupSchema, request.body).group_id)
    await ownAvatars.announce({ making: 'training', accountId, id: looks[0]!.groupId })
    return v2(null)
  })
  app.get<ById>('/v2/photo_avatar/train/status/:id', async (request) => {
    const looks = await groupOf(accountOf(request).id, request.params.id)
    const created = Math.floor(Math.min(...looks.map(({ createdAt }) => createdAt)) / 1000)
    const failed = looks.find(({ status }) => status === 'failed')
    const isPending = looks.some(({ status }) => status === 'pending')
    return v2({
      status: isPending ? 'training' : 'ready',
      error_msg: failed?.failure?.message ?? null,
      created_at: created,
      updated_at: created,
    })
  })
  // Every look moves by itself: the one that is asked for is the one with motion.
  app.post('/v2/photo_avatar/add_motion', { config: { doc: { body: motionSchema } } }, async (request) => {
    const { id } = readHeygen(motionSchema, request.body)
    const look = await ownAvatars.get(accountOf(request).id, lookId(id))
    await ownAvatars.announce({ making: 'motion', accountId: look.accountId, id: look.id })
    return v2({ id: look.id })
  })
  app.post('/v2/photo_avatar/look/generate', { config: { doc: { body: lookSchema } } }, async (request) => {
    const asked = readHeygen(lookSchema, request.body)
    const { id: accountId } = accountOf(request)
    const group = await groupOf(accountId, asked.group_id)
    const first = await ownAvatars.ready(
      accountId,
      (group.find(({ status }) => status === 'completed') ?? group[0]!).id,
    )
    const { person, notes } = toLookRequest(asked, services.library.find(first.speakerId))
    const from =
      first.source === 'generated' && first.speakerId.startsWith('made-')
        ? { likeId: first.speakerId }
        : { picture: await readFile((await services.files.openRead(first.fileKey)).path) }
    const made = await generations.begin(accountId, person, {
      ...from,
      notes,
      linkBase: linkBase(request, services.config),
      ...idOf(request),
    })
    return v2({ generation_id: made.id })
  })
  app.post('/v2/photo_avatar/upscale', { config: { doc: { body: motionSchema } } }, async (request) => {
    const { id } = readHeygen(motionSchema, request.body)
    return v2({ id: (await ownAvatars.upscale(accountOf(request).id, lookId(id))).id })
  })
  app.post('/v2/photo_avatar/add_sound_effect', async () => {
    throw new Unsupported('A sound effect', 'Put the sound into the recording that the look speaks.')
  })
  app.get<ById>('/v2/photo_avatar/:id', async (request) => {
    const look = await ownAvatars.get(accountOf(request).id, lookId(request.params.id))
    return v2(lookAnswer(request, services, look))
  })
  app.delete<ById>('/v2/photo_avatar/:id', async (request) => {
    await ownAvatars.remove(accountOf(request).id, lookId(request.params.id))
    return v2(null)
  })
  app.delete<ById>('/v2/photo_avatar_group/:id', async (request) => {
    const { id: accountId } = accountOf(request)
    for (const look of await groupOf(accountId, request.params.id)) await ownAvatars.remove(accountId, look.id)
    return v2(null)
  })

  /** The looks of a group, never none. @throws HeygenFault 404 */
  async function groupOf(accountId: string, id: string): Promise<readonly OwnAvatar[]> {
    const looks = (await ownAvatars.list(accountId)).filter(({ groupId }) => groupId === id.trim().toLowerCase())
    if (looks.length > 0) return looks
    const words = new NotFound('avatar group of yours', id).message
    throw new HeygenFault(words, { word: 'avatar_group_not_found', code: 400144, status: 404 })
  }
}
