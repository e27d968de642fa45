// HeyGen's video of an avatar alone before nothing: what it takes, as the request of one scene.
import { z } from 'zod'
import { Fault } from '../../../core/errors.ts'
import type { Output } from '../../../core/output.ts'
import { text, webAddress, word } from '../fields.ts'
import { dimensionSchema, type GenerateRequest, generateSchema, readHeygen } from './generate-request.ts'

/** The body of POST /v1/video.webm. */
export const webmSchema = z.object({
  avatar_pose_id: text('the avatar_id of an avatar in GET /v2/avatars').optional(),
  avatar_id: text('the avatar_id of an avatar in GET /v2/avatars').optional(),
  avatar_style: word(['normal', 'closeUp', 'circle'], { close_up: 'closeUp' }).default('normal'),
  input_text: text('the words to be spoken').optional(),
  voice_id: text('the voice_id of a voice in GET /v2/voices').optional(),
  input_audio: text('the address of a sound, or the id of an uploaded one').optional(),
  dimension: dimensionSchema.default({ width: 1280, height: 720 }),
  title: text('a title').max(200, { error: 'a title of at most 200 characters' }).optional(),
  callback_url: webAddress('an address that begins with http:// or https://').optional(),
  callback_id: text('your own name for the video').optional(),
})

/** WebM with VP9 and alpha, and no other file. */
export const TRANSPARENT: readonly Output[] = [{ kind: 'video', format: 'webm', captions: false }]

/** The same video as a request of one scene. @throws Fault `invalid` for what is missing. */
export function asTransparentRequest(asked: z.output<typeof webmSchema>): GenerateRequest {
  const { avatar_pose_id: pose, avatar_id: avatarId = pose, input_audio: audio } = asked
  if (avatarId === undefined) {
    throw new Fault(
      'invalid',
      'avatar_pose_id is invalid: field required. Send the id of an avatar in GET /v2/avatars.',
      {
        field: 'avatar_pose_id',
      },
    )
  }
  const voice =
    audio === undefined
      ? { type: 'text', voice_id: asked.voice_id, input_text: asked.input_text }
      : { type: 'audio', ...(/^https?:/i.test(audio) ? { audio_url: audio } : { audio_asset_id: audio }) }
  return readHeygen(
    generateSchema,
    {
      title: asked.title,
      dimension: asked.dimension,
      callback_url: asked.callback_url,
      callback_id: asked.callback_id,
      video_inputs: [{ character: { type: 'avatar', avatar_id: avatarId, avatar_style: asked.avatar_style }, voice }],
    },
    (path) => String(path.at(-1)),
  )
}
