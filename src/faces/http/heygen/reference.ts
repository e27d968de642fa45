// HeyGen's routes in words, in the order in which the reference page shows them.
import { z } from 'zod'
import { type Documents, link, type Reference, type RouteWords } from '../documented.ts'
import * as answers from './answers.ts'
import { styleOf } from './envelope.ts'
import { PEOPLE } from './reference-people.ts'

const nothing = z.null()
const of = (schema: z.ZodType) => z.array(schema)

const TEMPLATES: Pick<RouteWords, 'tag' | 'answer'> = { tag: 'Not here', answer: null }
const template = (plural: string, where: string): Reference => ({
  [`GET /v2/${plural}/{id}`]: {
    ...TEMPLATES,
    summary: `Look at a template${where}`,
    description: 'There are no templates here, so that none is found.',
  },
  [`POST /v2/${plural}/{id}/generate`]: {
    ...TEMPLATES,
    summary: `Make a video of a template${where}`,
    description: 'There are no templates here, so that none is found. Send each video whole to /v2/video/generate.',
  },
})
const quota = (path: string, summary: string): Reference => ({
  [`GET ${path}`]: {
    tag: 'Account',
    summary,
    description: 'An older address of /v2/user/remaining_quota.',
    answer: answers.quota,
  },
})
const brandVoices = (version: string): Reference => ({
  [`GET /${version}/brand_voice/list`]: {
    tag: 'Not here',
    summary: `List the brand voices of ${version}`,
    description: 'There are none: the list is empty.',
    answer: z.object({ list: z.array(z.never()).max(0), total: z.int(), token: z.null() }),
  },
})

const ROUTES: Reference = {
  'POST /v2/video/generate': {
    tag: 'Videos',
    summary: 'Make a video',
    example: {
      title: 'Two scenes',
      dimension: { width: 1280, height: 720 },
      video_inputs: [
        {
          character: { type: 'avatar', avatar_id: 'nora' },
          voice: { type: 'text', voice_id: 'flite-slt', input_text: 'Hello from my own machine.' },
          background: { type: 'color', value: '#dfe7ee' },
        },
        { voice: { type: 'silence', duration: 1 } },
      ],
    },
    description:
      'One to fifty scenes, one after another. Each has a voice (words, a recording or silence), and may have a character and a background. Everything is checked before it answers.',
    answer: answers.madeVideo,
  },
  'POST /v2/video/av4/generate': {
    tag: 'Videos',
    summary: 'Make a video of a picture',
    example: {
      image_key: 'image/5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d/original',
      video_title: 'Ada speaks',
      script: 'Hello.',
      voice_id: 'flite-slt',
    },
    description:
      'The face in an uploaded or a generated picture speaks. Send a script and a voice, or a sound, whose words `script` may say.',
    answer: answers.madeVideo,
  },
  'POST /v1/video.webm': {
    tag: 'Videos',
    summary: 'Make a video with a transparent background',
    example: { avatar_pose_id: 'nora', avatar_style: 'normal', input_text: 'Hello.', voice_id: 'flite-slt' },
    description: 'WebM with VP9 and an alpha channel: one avatar and nothing behind it.',
    answer: answers.madeVideo,
  },
  'GET /v1/video_status.get': {
    tag: 'Videos',
    summary: 'See how a video stands',
    description: 'Ask again until the status is completed, which gives the links, or failed, which gives the reason.',
    answer: answers.videoStatus,
  },
  'GET /v1/video.list': {
    tag: 'Videos',
    summary: 'List the videos',
    description: 'Newest first.',
    answer: z.object({ token: answers.nextToken, videos: of(answers.listedVideo) }),
  },
  'GET /v2/videos': {
    tag: 'Videos',
    summary: 'List the videos with their links',
    description: 'Newest first.',
    answer: z.object({ videos: of(answers.video), token: answers.nextToken }),
  },
  'GET /v2/videos/{id}': {
    tag: 'Videos',
    summary: 'Look at a video',
    description: 'The same as its status, in the words of v2.',
    answer: answers.video,
  },
  'DELETE /v1/video.delete': {
    tag: 'Videos',
    summary: 'Delete a video',
    description: 'Its files go with it. One that is being made is stopped first.',
    answer: nothing,
  },
  'DELETE /v2/videos/{id}': {
    tag: 'Videos',
    summary: 'Delete a video by its address',
    description: 'Its files go with it. One that is being made is stopped first.',
    answer: nothing,
  },
  'POST /v1/video/share': {
    tag: 'Videos',
    summary: 'Get the link of a video',
    example: { video_id: '5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d' },
    description: 'The link of the finished file, which works for as long as all links here do.',
    answer: link,
  },
  ...PEOPLE,
  'POST /v1/asset': {
    tag: 'Assets',
    summary: 'Upload a file',
    description: 'A picture, a video or a sound as the raw body, or as `file` of a form; known by its first bytes.',
    answer: answers.asset,
  },
  'GET /v1/asset/list': {
    tag: 'Assets',
    summary: 'List the uploaded files',
    description: 'Newest first.',
    answer: z.object({ assets: of(answers.asset), token: answers.nextToken, total: z.int() }),
  },
  'POST /v1/asset/{id}/delete': {
    tag: 'Assets',
    summary: 'Delete an uploaded file',
    description: 'Videos that were made with it stay.',
    answer: nothing,
  },
  'GET /v1/folders': {
    tag: 'Folders',
    summary: 'List the folders',
    description: 'Those in the trash only with is_trash.',
    answer: z.object({ folders: of(answers.folder), token: answers.nextToken, total: z.int() }),
  },
  'POST /v1/folders/create': {
    tag: 'Folders',
    summary: 'Make a folder',
    example: { name: 'Spring' },
    description: 'Videos and assets are put into it with folder_id.',
    answer: answers.folder,
  },
  'POST /v1/folders/{id}': {
    tag: 'Folders',
    summary: 'Rename a folder',
    example: { name: 'Summer' },
    description: 'What lies in it stays.',
    answer: answers.folder,
  },
  'POST /v1/folders/{id}/trash': {
    tag: 'Folders',
    summary: 'Put a folder into the trash',
    description: 'What lies in it stays.',
    answer: answers.folder,
  },
  'POST /v1/folders/{id}/restore': {
    tag: 'Folders',
    summary: 'Take a folder out of the trash',
    description: 'The other way round.',
    answer: answers.folder,
  },
  'GET /v1/webhook/webhook.list': {
    tag: 'Webhooks',
    summary: 'List the events',
    description: 'The names that an endpoint may ask for.',
    answer: of(z.string()),
  },
  'GET /v1/webhook/endpoint.list': {
    tag: 'Webhooks',
    summary: 'List the webhook endpoints',
    description: 'With their secrets.',
    answer: of(answers.endpoint),
  },
  'POST /v1/webhook/endpoint.add': {
    tag: 'Webhooks',
    summary: 'Add a webhook endpoint',
    example: { url: 'https://example.com/hook', events: ['avatar_video.success', 'avatar_video.fail'] },
    description: 'At most twenty an account. Its secret signs every delivery.',
    answer: answers.endpoint,
  },
  'PATCH /v1/webhook/endpoint.update': {
    tag: 'Webhooks',
    summary: 'Change a webhook endpoint',
    example: { endpoint_id: '5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d', url: 'https://example.com/hook' },
    description: 'What is left out stays; the secret never changes.',
    answer: answers.endpoint,
  },
  'DELETE /v1/webhook/endpoint.delete': {
    tag: 'Webhooks',
    summary: 'Delete a webhook endpoint',
    description: 'What is still on its way there is dropped.',
    answer: nothing,
  },
  'GET /v1/user/me': {
    tag: 'Account',
    summary: 'See whose key this is',
    description: 'The name of the key’s account, and what the key has left.',
    answer: answers.user,
  },
  'GET /v2/user/remaining_quota': {
    tag: 'Account',
    summary: 'See what is left of the quota',
    description: 'In seconds of video; a large number that is never used up where there is no quota.',
    answer: answers.quota,
  },
  ...quota('/v1/user/remaining_quota', 'See what is left, the address of v1'),
  ...quota('/v1/video_generate.quota', 'See what is left, the oldest address'),
  'POST /v2/photo_avatar/add_sound_effect': {
    tag: 'Not here',
    summary: 'Add a sound effect to a look',
    description: 'Not supported: put the sound into the recording that the look speaks.',
    answer: null,
  },
  'GET /v2/templates': {
    tag: 'Not here',
    summary: 'List the templates',
    description: 'There are none: the list is empty.',
    answer: z.object({ templates: z.array(z.never()).max(0) }),
  },
  ...template('template', ''),
  ...template('templates', ', the other address'),
  ...brandVoices('v1'),
  ...brandVoices('v2'),
  'GET /v2/video_translate/target_languages': {
    tag: 'Not here',
    summary: 'List the languages that videos are translated into',
    description: 'There are none: the list is empty.',
    answer: z.object({ languages: z.array(z.never()).max(0) }),
  },
  'POST /v2/video_translate': {
    tag: 'Not here',
    summary: 'Translate a video',
    description: 'Not supported.',
    answer: null,
  },
  'GET /v2/video_translate/{id}': {
    tag: 'Not here',
    summary: 'See how a translation stands',
    description: 'Not supported.',
    answer: null,
  },
}

const ABOUT = `Clients of HeyGen's v1 and v2 work here once their base address leads to this server.

The envelope of most v2 routes is \`{"error": null, "data": ...}\`, that of most v1 routes
\`{"code": 100, "data": ..., "msg": null, "message": "Success"}\`; refusals have an HTTP status of 400 and above. All of these
routes are at the root of the server, too.`

/** For the OpenAPI page. */
export const heygenDocuments: Documents = {
  about: ABOUT,
  routes: ROUTES,
  envelope: (data, path) =>
    styleOf(path) === 'v1'
      ? z.object({ code: z.literal(100), data, msg: z.null(), message: z.literal('Success') })
      : z.object({ error: z.null(), data }),
  refusals({ method, path, words, isRehearsable }) {
    const body =
      styleOf(path) === 'v1'
        ? z.object({ code: z.int(), message: z.string() })
        : z.object({ data: z.null(), error: z.object({ code: z.string(), message: z.string() }) })
    const said = (description: string) => ({ description, body })
    return {
      400: said('Something in the request cannot be used: `message` names it, and what would do'),
      401: said('No key, or none of this server'),
      ...(isRehearsable ? { 402: said('The key has too little of its quota left') } : {}),
      404: said('Nothing of the account has this id'),
      ...(method === 'POST'
        ? {
            409: said('The Idempotency-Key was used with another body'),
            429: said('Too many requests a minute; Retry-After says when to come again'),
          }
        : {}),
      500: said('Something broke in the server; its log has the cause under X-Request-Id'),
      ...(words.answer === null ? { 501: said('Not supported here, and what would do') } : {}),
      503: said('The server cannot do this now'),
    }
  },
}
