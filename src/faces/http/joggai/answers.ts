// What JoggAI's routes answer, as schemas for the OpenAPI page; the conformance suite holds every answer against them.
import { z } from 'zod'
import { hexId, link, madeFile, notes, percent, seconds, unixTime } from '../documented.ts'

const ASPECT = z.int().min(0).max(2).describe('0 portrait, 1 landscape, 2 square')
const failure = z.object({ code: z.literal(50000), message: z.string() }).describe('Why it failed')

/** How an avatar video stands, in v2's words. */
export const avatarVideo = z.object({
  video_id: hexId,
  status: z.enum(['pending', 'processing', 'completed', 'failed', 'success', 'fail']),
  created_at: unixTime,
  video_name: z.string(),
  progress: percent,
  voice_id: z.string().optional(),
  notes,
  video_url: link.optional().describe('When it is completed'),
  cover_url: link.optional(),
  duration: seconds.optional(),
  files: z.array(madeFile).optional().describe('Where outputs were asked for'),
  error: failure.optional(),
  error_message: z.string().optional(),
})

/** How a project stands, in v1's words. */
export const project = z.object({
  id: hexId,
  title: z.string(),
  video_url: link.or(z.literal('')),
  cover_url: link.or(z.literal('')),
  video_duration: z.int().describe('Seconds'),
  status: z.int().describe('The same as status_code'),
  status_code: z.int().describe('2 waiting, 3 processing, 4 success, 5 failed'),
  status_desc: z.enum(['waiting', 'processing', 'success', 'failed']),
  created_at: unixTime,
  progress: percent,
  notes,
  files: z.array(madeFile).optional().describe('Where outputs were asked for'),
  error: failure.optional(),
  error_message: z.string().optional(),
  err_msg: z.string().optional(),
})

/** How a project stands, in /open's words. */
export const openProject = z.object({
  id: hexId,
  title: z.string(),
  progress: percent,
  progress_desc: z.string(),
  aspect_ratio: z.int(),
  step: z.int(),
  status: z.int().describe('2 in queue, 3 in progress, 4 success, 5 failure'),
  err_msg: z.string(),
  video_path: z.string(),
  video_duration: z.int().describe('Seconds'),
  video_url: link.or(z.literal('')),
  cover_path: z.string(),
  cover_url: link.or(z.literal('')),
  workspace_index: z.int(),
  template_id: z.int(),
  template_type: z.string(),
  index_template_id: z.int(),
  person_id: z.int(),
  placeholder_cover_url: z.string(),
  files: z.array(madeFile).optional().describe('Where outputs were asked for'),
  created_at: unixTime,
  updated_at: unixTime,
})

/** How a lip sync video stands. */
export const lipSync = z.object({
  task_id: hexId,
  status: z.enum(['pending', 'processing', 'success', 'failed']),
  created_at: unixTime,
  completed_at: unixTime.nullable(),
  progress: percent,
  data: z.object({ result_url: link, cover_url: link, duration_seconds: seconds }).nullable(),
  error: z.object({ message: z.string() }).nullable().describe('Why it failed'),
})

/** A public avatar. */
export const avatar = z.object({
  id: z.int(),
  avatar_id: z.int(),
  name: z.string(),
  video_url: link,
  cover_url: link,
  aspect_ratio: ASPECT,
  style: z.enum(['professional', 'social']),
  gender: z.string(),
  age: z.string(),
  scene: z.string(),
  ethnicity: z.string(),
})

/** An avatar of the account's own. */
export const ownAvatar = z.object({
  id: z.int(),
  avatar_id: z.int(),
  name: z.string(),
  video_url: link.or(z.literal('')),
  cover_url: link,
  avatar_url: link,
  api_only: z.boolean(),
  avatar_status: z.enum(['processing', 'completed', 'failed']),
  status: z.int().min(0).max(2).describe('0 processing, 1 success, 2 failed'),
  fail_msg: z.string(),
  aspect_ratio: ASPECT,
  gender: z.string(),
  age: z.string(),
  style: z.string(),
})

export const voice = z.object({
  name: z.string(),
  voice_id: z.string(),
  audio_url: link.describe('A sample, made when it is first asked for'),
  language: z.string(),
  gender: z.string(),
  age: z.string(),
  accent: z.string(),
  use_case: z.string(),
  locale: z.string(),
})

/** A voice in /open's words. */
export const timbre = z.object({
  name: z.string(),
  lang_id: z.string().describe('What a video names as tts_voice_id'),
  audition_url: link,
  language: z.string(),
  gender: z.string(),
})

export const endpoint = z.object({
  endpoint_id: hexId,
  url: link,
  secret: z.string().describe('The key of the signatures'),
  status: z.enum(['enabled', 'disabled']),
  events: z.array(z.string()),
  username: z.string(),
  created_at: unixTime,
})

/** What changing an endpoint in v1 answers: its fields in data, and beside it. */
export const endpointTwice = endpoint.extend({
  rid: hexId,
  code: z.literal(0),
  msg: z.literal('success'),
  data: endpoint,
})

/** How four pictures of people stand. */
export const photo = z.object({
  photo_id: hexId,
  status: z.enum(['in_progress', 'success', 'error']),
  image_url_list: z.array(link).nullable(),
  image_key_list: z.array(z.string()).nullable(),
  msg: z.string().nullable().describe('Why it failed, or what could not be honoured'),
})

/** How an avatar of a picture stands. */
export const motion = z.object({
  motion_id: hexId,
  avatar_id: z.int().describe('What a video names, with avatar_type 1'),
  image_url: link,
  name: z.string(),
  status: z.enum(['pending', 'processing', 'completed', 'failed', 'error']),
  motion_preview_url: link.or(z.literal('')),
  voice_id: z.string(),
  error_msg: z.string().nullable(),
})

export const whoami = z.object({ email: z.string(), username: z.string(), credits: z.number() })

/** Lists of things that there are none of. */
export const none = z.array(z.never()).max(0)
