// JoggAI /open videos: render a talking avatar, ask how the project stands.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Job } from '../../../core/job.ts'
import { ASPECT_RATIOS } from '../../../core/spec.ts'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read, text, wholeNumber, word } from '../fields.ts'
import { success } from '../joggai/envelope.ts'
import { failureOf, findJob, linkerOf, makeVideo } from '../joggai/make-video.ts'
import { ASPECT_ALIASES, ASPECT_NUMBERS, ASPECT_WORDS, ownFields, readVideoRequest } from '../joggai/video-request.ts'
import { filesOf } from '../outputs.ts'

const schema = z.object({
  script: text('the words to be spoken, as a string').optional(),
  audio_script: z
    .object(
      {
        url: text('the address of a sound file, as a string').optional(),
        duration: z.coerce.number({ error: 'its length in seconds' }).optional(),
        transcript: text('the words that are heard in it, as a string').optional(),
      },
      { error: 'an object with url and duration' },
    )
    .optional(),
  aspect_ratio: word(ASPECT_WORDS, ASPECT_ALIASES).default('portrait'),
  screen_style: wholeNumber('1 for a normal background, 2 for a green screen').optional(),
  person_id: wholeNumber('the id of an avatar in GET /open/avatar, such as 81'),
  person_source: wholeNumber('0 for a public avatar, 1 for one of your own').optional(),
  tts_voice_id: text('the lang_id of a voice in GET /open/timbre, such as "en-US-ChristopherNeural"').optional(),
  render_subtitle: word(['on', 'off'], { '1': 'on', '2': 'off', true: 'on', false: 'off' }).default('off'),
  ...ownFields,
})
const querySchema = z.object({ project_id: text('the prj_id that the render call answered') })

/** What the fields of a video are called here. */
const NAMES: Readonly<Record<string, string>> = {
  'avatar.avatar_id': 'person_id',
  'avatar.avatar_type': 'person_source',
  'voice.script': 'script',
  'voice.audio_url': 'audio_script.url',
  'voice.transcript': 'audio_script.transcript',
  'voice.voice_id': 'tts_voice_id',
}

/** Adds POST render/talking_avatar and GET prj_info. */
export function videoRoutes(app: FastifyInstance, services: Services): void {
  app.post(
    '/open/render/talking_avatar',
    { config: { doc: { body: schema, isRehearsable: true } } },
    async (request) => {
      const asked = read(schema, fieldsOf(request.body))
      const own = Object.fromEntries(
        Object.keys(ownFields).map((name) => [name, asked[name as keyof typeof ownFields]]),
      )
      const body = {
        ...own,
        avatar: { avatar_id: asked.person_id, avatar_type: asked.person_source },
        voice: {
          script: asked.script,
          audio_url: asked.audio_script?.url,
          transcript: asked.audio_script?.transcript,
          voice_id: asked.tts_voice_id,
        },
        aspect_ratio: asked.aspect_ratio,
        screen_style: asked.screen_style,
        caption: asked.render_subtitle === 'on',
      }
      const video = readVideoRequest(body, NAMES)
      const made = await makeVideo(request, services, video, 'joggai-open')
      return success(request, 'rehearsal' in made ? made.rehearsal : { prj_id: made.job.id })
    },
  )
  app.get('/open/prj_info', { config: { doc: { query: querySchema } } }, async (request) => {
    const { project_id: id } = read(querySchema, fieldsOf(request.query))
    return success(request, projectAnswer(await findJob(request, id, services), linkerOf(request, services)))
  })
}

/** 1 not started, 2 in queue, 3 in progress, 4 success, 5 failure. */
const STATES: Readonly<Record<Job['status'], number>> = {
  pending: 2,
  processing: 3,
  completed: 4,
  failed: 5,
  cancelled: 5,
}

function projectAnswer(job: Job, linkOf: (fileKey: string) => string): Record<string, unknown> {
  const { result, spec } = job
  const status = STATES[job.status]
  const aspect = ASPECT_WORDS.find((each) => {
    const { width, height } = ASPECT_RATIOS[each]
    return width * spec.canvas.height === height * spec.canvas.width
  })
  const created = Math.floor(job.createdAt / 1000)
  return {
    id: job.id,
    title: spec.name,
    progress: Math.floor(job.progress),
    progress_desc: job.stage,
    aspect_ratio: aspect === undefined ? -1 : ASPECT_NUMBERS[aspect],
    step: 0,
    status,
    err_msg: status === 5 ? failureOf(job) : '',
    video_path: result?.videoKey ?? '',
    video_duration: result ? Math.round(result.durationSeconds) : 0,
    video_url: result ? linkOf(result.videoKey) : '',
    cover_path: result?.coverKey ?? '',
    cover_url: result ? linkOf(result.coverKey) : '',
    workspace_index: 0,
    template_id: 0,
    template_type: '',
    index_template_id: 0,
    person_id: 0,
    placeholder_cover_url: '',
    created_at: created,
    ...(spec.outputs ? { files: filesOf(job, linkOf) } : {}),
    updated_at: Math.floor((job.endedAt ?? job.startedAt ?? job.createdAt) / 1000),
  }
}
