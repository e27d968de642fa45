// HeyGen's video of a picture alone: what it takes, as the request of one scene.
import { z } from 'zod'
import { ASPECT_RATIOS } from '../../../core/spec.ts'
import { readManner } from '../../../domain/motion/read-manner.ts'
import { flag, text, webAddress, word } from '../fields.ts'
import { type GenerateRequest, generateSchema, readHeygen } from './generate-request.ts'

/** The body of POST /v2/video/av4/generate. */
export const av4Schema = z.object({
  image_key: text('the image_key of an uploaded or a generated picture'),
  video_title: text('a title').max(200, { error: 'a title of at most 200 characters' }),
  script: text('the words to be spoken').optional(),
  voice_id: text('the voice_id of a voice in GET /v2/voices').optional(),
  audio_url: webAddress('an address that begins with http:// or https://').optional(),
  audio_asset_id: text('the id of an uploaded sound').optional(),
  video_orientation: word(['portrait', 'landscape', 'square']).default('portrait'),
  fit: word(['cover', 'contain']).default('cover'),
  custom_motion_prompt: text('words about the motion').optional(),
  enhance_custom_motion_prompt: flag('true or false').optional(),
  callback_url: webAddress('an address that begins with http:// or https://').optional(),
  callback_id: text('your own name for the video').optional(),
})

/** The same video as a request of one scene. @throws Fault `invalid` for what is missing. */
export function asGenerateRequest(asked: z.output<typeof av4Schema>): GenerateRequest {
  const audio = { audio_url: asked.audio_url, audio_asset_id: asked.audio_asset_id }
  // The script of a sound is what is heard in it.
  const sound = { type: 'audio', ...audio, transcript: asked.script, voice_id: asked.voice_id }
  const isSound = (audio.audio_url ?? audio.audio_asset_id) !== undefined
  const { talkingStyle, expression, mood } = readManner(asked.custom_motion_prompt ?? '') ?? {}
  const words = { type: 'text', voice_id: asked.voice_id, input_text: asked.script, emotion: mood }
  return readHeygen(
    generateSchema,
    {
      title: asked.video_title,
      dimension: ASPECT_RATIOS[asked.video_orientation],
      callback_url: asked.callback_url,
      callback_id: asked.callback_id,
      video_inputs: [
        {
          character: {
            type: 'talking_photo',
            talking_photo_id: asked.image_key,
            talking_style: talkingStyle,
            expression,
          },
          voice: isSound ? sound : words,
        },
      ],
    },
    (path) => ({ input_text: 'script' })[path.at(-1) as string] ?? String(path.at(-1)),
  )
}
