// JoggAI v1's routes in words, in the order in which the reference page shows them.
import { z } from 'zod'
import { hexId, link, notes, type Reference } from '../documented.ts'
import * as answers from '../joggai/answers.ts'
import { type Missing, missingWords } from '../joggai/unsupported.ts'
import { VIDEO_EXAMPLE } from '../joggai/video-example.ts'

/** What there is not. */
export const MISSING_V1: readonly Missing[] = [
  {
    what: 'A video made from a product or a template',
    remedy: 'Write the script yourself and send it to POST /v1/create_video_from_talking_avatar.',
    routes: [
      'GET /v1/products',
      'POST /v1/product',
      'PUT /v1/product',
      'POST /v1/create_video_from_url',
      'POST /v1/preview',
      'GET /v1/templates',
      'GET /v1/templates/custom',
      'POST /v1/create_video_with_template',
      'POST /v1/create_video_with_variable',
    ],
  },
  { what: 'The writing of scripts', remedy: 'Send a script of your own.', routes: ['POST /v1/ai_scripts'] },
]

const VIDEOS = 'v1 videos'
const AVATARS = 'v1 avatars'
const VOICES = 'v1 voices'
const PHOTOS = 'v1 photo avatars'
const WEBHOOKS = 'v1 webhooks'

const music = { tag: VOICES, answer: z.object({ music: answers.none, avatars: answers.none }) }
const ownAvatars = z.object({ avatars: z.array(answers.ownAvatar) })
const people = { tag: PHOTOS, answer: z.object({ photo_id: hexId }) }
const projectWords = 'Ask again until status_code is 4, which gives the links, or 5, which gives the reason.'

/** The same routes under two prefixes; one of them carries bare lists. */
function webhooks(prefix: string, where: string, isPlain: boolean): Reference {
  const events = z.array(z.string())
  const endpoints = z.array(answers.endpoint)
  return {
    [`GET ${prefix}/events`]: {
      tag: WEBHOOKS,
      summary: `List the events${where}`,
      description: 'The names that an endpoint may ask for.',
      answer: isPlain ? events : z.object({ events }),
    },
    [`GET ${prefix}/endpoints`]: {
      tag: WEBHOOKS,
      summary: `List the webhook endpoints${where}`,
      description: 'With their secrets.',
      answer: isPlain ? endpoints : z.object({ endpoints }),
    },
    [`POST ${prefix}/endpoint`]: {
      tag: WEBHOOKS,
      summary: `Add a webhook endpoint${where}`,
      example: { url: 'https://example.com/hook', status: 'enabled', events: ['generated_video_success'] },
      description: 'At most twenty an account. Its fields are answered in `data` and beside it.',
      answer: answers.endpointTwice,
    },
    [`PUT ${prefix}/endpoint/{id}`]: {
      tag: WEBHOOKS,
      summary: `Change a webhook endpoint${where}`,
      example: { status: 'disabled' },
      description: 'What is left out stays; the secret never changes.',
      answer: answers.endpointTwice,
    },
    [`DELETE ${prefix}/endpoint/{id}`]: {
      tag: WEBHOOKS,
      summary: `Delete a webhook endpoint${where}`,
      description: 'What is still on its way there is dropped.',
      answer: z.object({ message: z.literal('webhook deleted') }),
    },
  }
}

/** For the OpenAPI page. */
export const REFERENCE_V1: Reference = {
  'POST /v1/create_video_from_talking_avatar': {
    tag: VIDEOS,
    summary: 'Make a video',
    example: VIDEO_EXAMPLE,
    description: 'An avatar speaks a script or a recording. The body may be flat or nested.',
    answer: z.object({ project_id: hexId, notes }),
  },
  'GET /v1/project': {
    tag: VIDEOS,
    summary: 'See how a project stands',
    description: projectWords,
    answer: answers.project,
  },
  'GET /v1/project/{id}': {
    tag: VIDEOS,
    summary: 'See how a project stands, by its address',
    description: projectWords,
    answer: answers.project,
  },
  'GET /v1/avatars': {
    tag: AVATARS,
    summary: 'List the public avatars',
    description: 'All at once where no page is asked for.',
    answer: z.object({ avatars: z.array(answers.avatar.extend({ status: z.int() })) }),
  },
  'GET /v1/avatars/custom': {
    tag: AVATARS,
    summary: 'List avatars of your own',
    description: 'Those made of pictures and videos, newest first. A video names them with avatar_type 1.',
    answer: ownAvatars,
  },
  'GET /v1/avatars/photo_avatars': {
    tag: AVATARS,
    summary: 'List photo avatars of your own',
    description: 'The same avatars as those of one’s own.',
    answer: ownAvatars,
  },
  'POST /v1/avatar/create': {
    tag: AVATARS,
    summary: 'Make an avatar of a picture or a video',
    example: { origin_url: 'https://example.com/portrait.jpg', name: 'Ada' },
    description: 'Of a video the best frame is taken.',
    answer: z.object({ avatar_id: z.int(), id: z.int() }),
  },
  'DELETE /v1/avatar/custom/delete': {
    tag: AVATARS,
    summary: 'Delete an avatar of your own',
    description: 'By `avatar_id` in the query, or `id` in a body. Videos that were made with it stay.',
    answer: z.null(),
  },
  'GET /v1/voices': {
    tag: VOICES,
    summary: 'List the voices',
    description: '`language` is a name (german), a code (de) or a locale (de-AT).',
    answer: z.object({
      total: z.int(),
      voices: z.array(answers.voice.extend({ audition_url: link })),
      has_more: z.boolean(),
    }),
  },
  'GET /v1/voices/custom': {
    tag: VOICES,
    summary: 'List voices of your own',
    description: 'There are none: the list is empty.',
    answer: z.object({ total: z.int(), voices: answers.none }),
  },
  'GET /v1/musics': { ...music, summary: 'List the music', description: 'There is none: the list is empty.' },
  'GET /v1/musics/custom': {
    ...music,
    summary: 'List music of your own',
    description: 'There is none: the list is empty.',
  },
  'GET /v1/visual_styles': {
    tag: VOICES,
    summary: 'List the visual styles',
    description: 'There are none: the list is empty.',
    answer: z.object({ visual_styles: answers.none }),
  },
  'POST /v1/upload/asset': {
    tag: 'v1 uploads',
    summary: 'Get an address to upload a file to',
    example: { filename: 'portrait.jpg' },
    description:
      'PUT the bytes to `sign_url` within ten minutes, without a key; then use `asset_id`, which is the file’s address.',
    answer: z.object({ sign_url: link.or(z.literal('')), asset_id: link, asset_url: link }),
  },
  'POST /v1/photo_avatar/photo/generate': {
    ...people,
    summary: 'Make four people from words',
    example: {
      age: 'Adult',
      avatar_style: 'Professional',
      gender: 'Female',
      model: 'modern',
      aspect_ratio: 'portrait',
      appearance: 'short red hair, glasses',
    },
    description: 'Or take the person of a picture, by `image_url`, as they are or before another background.',
  },
  'POST /v1/photo_avatar/new_look/generate': {
    ...people,
    summary: 'Make four other looks',
    example: {
      age: 'Adult',
      avatar_style: 'Professional',
      gender: 'Female',
      model: 'modern',
      aspect_ratio: 'portrait',
      appearance: 'short red hair, glasses',
    },
    description: 'The person of the picture at `image_url` before the background that the words say.',
  },
  'GET /v1/photo_avatar/generation': {
    tag: PHOTOS,
    summary: 'See how the pictures stand',
    description: 'When they are there: their addresses, any of which add_motion takes.',
    answer: answers.photo,
  },
  'POST /v1/photo_avatar/add_motion': {
    tag: PHOTOS,
    summary: 'Make an avatar of a picture',
    example: {
      image_url: 'https://example.com/portrait.jpg',
      name: 'Ada',
      voice_id: 'flite-slt',
      model: '2.0',
      description: 'calm, smiling',
    },
    description: 'Words of `description` move its temper: calm, lively, nodding, smiling.',
    answer: z.object({ avatar_id: z.int(), motion_id: hexId, name: z.string() }),
  },
  'GET /v1/photo_avatar': {
    tag: PHOTOS,
    summary: 'See how an avatar of a picture stands',
    description: 'When it is completed, a video may name its avatar_id with avatar_type 1.',
    answer: answers.motion,
  },
  'GET /v1/whoami': {
    tag: 'v1 account',
    summary: 'See whose key this is',
    description: 'The name of the key’s account, and the credits that the key has left.',
    answer: answers.whoami,
  },
  ...webhooks('/v1', '', false),
  ...webhooks('/v1/webhook', ', the other address', true),
  ...missingWords('v1 not here', MISSING_V1),
}
