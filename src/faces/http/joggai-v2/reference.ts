// JoggAI v2's routes in words, in the order in which the reference page shows them.
import { z } from 'zod'
import { hexId, link, notes, type Reference } from '../documented.ts'
import * as answers from '../joggai/answers.ts'
import { type Missing, missingWords } from '../joggai/unsupported.ts'
import { VIDEO_EXAMPLE } from '../joggai/video-example.ts'

/** What there is not. */
export const MISSING_V2: readonly Missing[] = [
  {
    what: 'A video made from a product',
    remedy: 'Write the script yourself and send it to POST /v2/create_video_from_avatar.',
    routes: [
      'POST /v2/product',
      'PUT /v2/product',
      'POST /v2/create_video_from_product',
      'POST /v2/create_video_from_product/preview_list',
      'POST /v2/create_video_from_product/render_single_preview',
      'GET /v2/product_video/{id}',
      'GET /v2/product_previews',
      'GET /v2/product_videos',
    ],
  },
  {
    what: 'A video made from a template',
    remedy: 'Send each video whole to POST /v2/create_video_from_avatar.',
    routes: [
      'GET /v2/templates',
      'GET /v2/templates/custom',
      'GET /v2/template/custom/{id}',
      'POST /v2/create_video_with_template',
      'GET /v2/template_video/{id}',
      'GET /v2/template_videos',
    ],
  },
  {
    what: 'The writing of scripts',
    remedy: 'Send a script of your own.',
    routes: ['POST /v2/ai_scripts', 'GET /v2/ai_scripts/results/{id}'],
  },
  {
    what: 'The translation of videos',
    remedy: 'Send a translated script with a voice of its language.',
    routes: ['POST /v2/video_translate', 'GET /v2/video_translate/target_languages', 'GET /v2/video_translate/{id}'],
  },
  {
    what: 'An avatar made from a product',
    remedy: 'Choose one in GET /v2/avatars/public.',
    routes: [
      'POST /v2/product_avatar/generation',
      'GET /v2/product_avatar/generation/{id}',
      'POST /v2/product_avatar/add_motion',
      'GET /v2/product_avatar',
    ],
  },
]

const VIDEOS = 'v2 videos'
const LIP_SYNC = 'v2 lip sync'
const AVATARS = 'v2 avatars'
const VOICES = 'v2 voices'
const PHOTOS = 'v2 photo avatars'
const ACCOUNT = 'v2 account'
const WEBHOOKS = 'v2 webhooks'

const ownList = z.object({ avatars: z.array(answers.ownAvatar), total: z.int(), has_more: z.boolean() })

/** For the OpenAPI page. */
export const REFERENCE_V2: Reference = {
  'POST /v2/create_video_from_avatar': {
    tag: VIDEOS,
    summary: 'Make a video',
    example: VIDEO_EXAMPLE,
    description:
      'An avatar speaks a script or a recording. The body may be nested, as here, or flat: `script`, `voice_id` and `avatar_id` at the top. Everything is checked before it answers.',
    answer: z.object({
      video_id: hexId,
      status: z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled']),
      voice_id: z.string().nullable(),
      notes,
    }),
  },
  'GET /v2/avatar_video/{id}': {
    tag: VIDEOS,
    summary: 'See how a video stands',
    description: 'Ask again until the status is completed, which gives the links, or failed, which gives the reason.',
    answer: answers.avatarVideo,
  },
  'POST /v2/create_lip_sync_video': {
    tag: LIP_SYNC,
    summary: 'Give a video a new sound and the mouth to it',
    example: {
      video_url: 'https://example.com/person.mp4',
      audio_url: 'https://example.com/speech.mp3',
      playback_type: 'normal',
    },
    description:
      'The one face that the video shows is followed through its frames and speaks the sound. `playback_type` says what happens where the video is shorter than the sound.',
    answer: z.object({ task_id: hexId, status: z.enum(['pending', 'processing', 'success', 'failed']) }),
  },
  'GET /v2/lip_sync_video/{id}': {
    tag: LIP_SYNC,
    summary: 'See how a lip sync video stands',
    description: 'Its word for a good end is `success`.',
    answer: answers.lipSync,
  },
  'GET /v2/lip_sync_video': {
    tag: LIP_SYNC,
    summary: 'Find a lip sync video by what it was made of',
    description: 'The account’s latest task of exactly these inputs.',
    answer: answers.lipSync,
  },
  'GET /v2/avatars/public': {
    tag: AVATARS,
    summary: 'List the public avatars',
    description: 'Filters are words; empty ones are not set.',
    answer: z.object({ avatars: z.array(answers.avatar), total: z.int(), has_more: z.boolean() }),
  },
  'GET /v2/avatars/custom': {
    tag: AVATARS,
    summary: 'List avatars of your own',
    description: 'Those made of pictures and videos, newest first. A video names them with avatar_type 1.',
    answer: ownList,
  },
  'GET /v2/avatars/photo_avatars': {
    tag: AVATARS,
    summary: 'List photo avatars of your own',
    description: 'The same avatars as those of one’s own.',
    answer: ownList,
  },
  'GET /v2/avatars/product_avatars': {
    tag: AVATARS,
    summary: 'List product avatars',
    description: 'There are none: the list is empty.',
    answer: z.object({ product_avatars: answers.none, total: z.int(), has_more: z.boolean() }),
  },
  'GET /v2/voices': {
    tag: VOICES,
    summary: 'List the voices',
    description: '`language` is a name (german), a code (de) or a locale (de-AT).',
    answer: z.object({ voices: z.array(answers.voice), has_more: z.boolean(), total: z.int() }),
  },
  'GET /v2/voices/custom': {
    tag: VOICES,
    summary: 'List voices of your own',
    description: 'There are none: the list is empty.',
    answer: z.object({ total: z.int(), voices: answers.none }),
  },
  'GET /v2/musics': {
    tag: VOICES,
    summary: 'List the music',
    description: 'There is none: the list is empty.',
    answer: z.object({
      music: answers.none,
      pagination: z.object({ page: z.int(), page_size: z.int(), total_items: z.int(), total_pages: z.int() }),
    }),
  },
  'GET /v2/visual_styles': {
    tag: VOICES,
    summary: 'List the visual styles',
    description: 'There are none: the list is empty.',
    answer: z.object({ visual_styles: answers.none }),
  },
  'POST /v2/upload/asset': {
    tag: 'v2 uploads',
    summary: 'Get an address to upload a file to',
    example: { filename: 'portrait.jpg', content_type: 'image/jpeg' },
    description:
      'PUT the bytes to `sign_url` within ten minutes, without a key; then use `asset_url`. A form with `file` is taken, too, and stored at once.',
    answer: z.object({ sign_url: link.or(z.literal('')), asset_url: link, asset_id: z.int() }),
  },
  'POST /v2/photo_avatar/photo/generate': {
    tag: PHOTOS,
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
    answer: z.object({ photo_id: hexId }),
  },
  'GET /v2/photo_avatar/photo': {
    tag: PHOTOS,
    summary: 'See how the pictures stand',
    description: 'When they are there: their addresses, any of which add_motion takes.',
    answer: answers.photo,
  },
  'POST /v2/photo_avatar/add_motion': {
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
    answer: z.object({
      avatar_id: z.int(),
      motion_id: hexId,
      status: z.enum(['processing', 'completed', 'failed']),
    }),
  },
  'GET /v2/photo_avatar': {
    tag: PHOTOS,
    summary: 'See how an avatar of a picture stands',
    description: 'When it is completed, a video may name its avatar_id with avatar_type 1.',
    answer: answers.motion,
  },
  'GET /v2/user/whoami': {
    tag: ACCOUNT,
    summary: 'See whose key this is',
    description: 'The name of the key’s account, and the credits that the key has left.',
    answer: answers.whoami,
  },
  'GET /v2/user/remaining_quota': {
    tag: ACCOUNT,
    summary: 'See what is left of the quota',
    description: 'In credits of two minutes; a large number that is never used up where there is no quota.',
    answer: z.object({ remaining_quota: z.number() }),
  },
  'GET /v2/events': {
    tag: WEBHOOKS,
    summary: 'List the events',
    description: 'The names that an endpoint may ask for.',
    answer: z.object({ events: z.array(z.string()) }),
  },
  'GET /v2/endpoints': {
    tag: WEBHOOKS,
    summary: 'List the webhook endpoints',
    description: 'With their secrets.',
    answer: z.object({ endpoints: z.array(answers.endpoint) }),
  },
  'POST /v2/endpoint': {
    tag: WEBHOOKS,
    summary: 'Add a webhook endpoint',
    example: { url: 'https://example.com/hook', status: 'enabled', events: ['generated_avatar_video_success'] },
    description: 'At most twenty an account. Its secret signs every delivery.',
    answer: answers.endpoint,
  },
  'PUT /v2/endpoint/{id}': {
    tag: WEBHOOKS,
    summary: 'Change a webhook endpoint',
    example: { status: 'disabled' },
    description: 'What is left out stays; the secret never changes.',
    answer: answers.endpoint,
  },
  'DELETE /v2/endpoint/{id}': {
    tag: WEBHOOKS,
    summary: 'Delete a webhook endpoint',
    description: 'What is still on its way there is dropped.',
    answer: z.object({ message: z.literal('webhook deleted') }),
  },
  ...missingWords('v2 not here', MISSING_V2),
}
