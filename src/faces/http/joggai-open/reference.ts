// JoggAI /open's routes in words, in the order in which the reference page shows them.
import { z } from 'zod'
import { hexId, link, type Reference } from '../documented.ts'
import * as answers from '../joggai/answers.ts'
import { type Missing, missingWords } from '../joggai/unsupported.ts'

/** What there is not. */
export const MISSING_OPEN: readonly Missing[] = [
  {
    what: 'A video made from a product or a template',
    remedy: 'Write the script yourself and send it to POST /open/render/talking_avatar.',
    routes: ['POST /open/product', 'PUT /open/product', 'POST /open/project/render', 'POST /open/render'],
  },
]

const VIDEOS = '/open videos'
const AVATARS = '/open avatars'
const VOICES = '/open voices'

/** For the OpenAPI page. */
export const REFERENCE_OPEN: Reference = {
  'POST /open/render/talking_avatar': {
    tag: VIDEOS,
    summary: 'Make a video',
    example: {
      script: 'Hello from my own machine.',
      person_id: 127,
      person_source: 0,
      tts_voice_id: 'en-US-ChristopherNeural',
      aspect_ratio: 'portrait',
      screen_style: 1,
    },
    description: 'An avatar speaks a `script`, or the recording of `audio_script`.',
    answer: z.object({ prj_id: hexId }),
  },
  'GET /open/prj_info': {
    tag: VIDEOS,
    summary: 'See how a project stands',
    description: 'Ask again until status is 4, which gives the links, or 5, which gives the reason.',
    answer: answers.openProject,
  },
  'GET /open/avatar': {
    tag: AVATARS,
    summary: 'List the public avatars',
    description: 'All at once.',
    answer: z.object({ avatars: z.array(answers.avatar) }),
  },
  'GET /open/avatar/user': {
    tag: AVATARS,
    summary: 'List avatars of your own',
    description: 'Those made of pictures and videos, newest first. A video names them with person_source 1.',
    answer: z.object({ avatars: z.array(answers.ownAvatar.extend({ product_status: z.int().min(0).max(2) })) }),
  },
  'POST /open/avatar/create': {
    tag: AVATARS,
    summary: 'Make an avatar of a picture or a video',
    example: { origin_url: 'https://example.com/portrait.jpg', name: 'Ada' },
    description: 'Of a video the best frame is taken.',
    answer: z.object({ id: z.int(), avatar_id: z.int() }),
  },
  'DELETE /open/avatar/user/delete': {
    tag: AVATARS,
    summary: 'Delete an avatar of your own',
    description: 'By `avatar_id` in the query, or `id` in a body. Videos that were made with it stay.',
    answer: z.null(),
  },
  'GET /open/timbre': {
    tag: VOICES,
    summary: 'List the voices',
    description: 'A video names the `lang_id` of one as tts_voice_id.',
    answer: z.object({ total: z.int(), timbres: z.array(answers.timbre) }),
  },
  'GET /open/timbre/user': {
    tag: VOICES,
    summary: 'List voices of your own',
    description: 'There are none: the list is empty.',
    answer: z.object({ total: z.int(), timbres: answers.none }),
  },
  'POST /open/upload/sign': {
    tag: '/open uploads',
    summary: 'Get an address to upload a file to',
    example: { filename: 'portrait.jpg', filetype: 'image/jpeg', use_to: 'media' },
    description: 'PUT the bytes to `sign_url` within ten minutes, without a key; then use `full_path`.',
    answer: z.object({ sign_url: link.or(z.literal('')), full_path: link, key: z.string() }),
  },
  ...missingWords('/open not here', MISSING_OPEN),
}
