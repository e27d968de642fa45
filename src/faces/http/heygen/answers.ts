// What HeyGen's routes answer, as schemas for the OpenAPI page; the conformance suite holds every answer against them.
import { z } from 'zod'
import { hexId, link, madeFile, notes, percent, seconds, unixTime } from '../documented.ts'

const STATUS = z.enum(['pending', 'processing', 'completed', 'failed'])

/** What making a video answers. */
export const madeVideo = z.object({ video_id: hexId })

/** How a video stands, in v1's words. */
export const videoStatus = z.object({
  id: hexId,
  video_id: hexId,
  status: STATUS,
  callback_id: z.string().nullable(),
  created_at: unixTime,
  duration: seconds.nullable(),
  video_url: link.nullable(),
  video_url_caption: link.nullable(),
  caption_url: link.nullable().describe('The captions as an ASS file'),
  thumbnail_url: link.nullable(),
  gif_url: link.nullable(),
  error: z.object({ code: z.int(), detail: z.string(), message: z.string() }).nullable().describe('Why it failed'),
  progress: percent,
  notes,
  files: z.array(madeFile),
})

/** A video, in v2's words. */
export const video = z.object({
  id: hexId,
  video_id: hexId,
  status: STATUS,
  title: z.string(),
  video_url: link.nullable(),
  thumbnail_url: link.nullable(),
  duration: seconds.nullable(),
  created_at: z.iso.datetime(),
  completed_at: z.iso.datetime().nullable(),
  gif_url: link.nullable(),
  captioned_video_url: link.nullable(),
  subtitle_url: link.nullable().describe('The captions as an SRT file'),
  folder_id: z.string().nullable(),
  output_language: z.null(),
  failure_code: z.literal('generation_failed').nullable(),
  failure_message: z.string().nullable(),
})

/** A member of v1's list of videos. */
export const listedVideo = z.object({
  video_id: hexId,
  status: STATUS,
  video_title: z.string(),
  created_at: unixTime,
  type: z.literal('GENERATED'),
})

/** What leads to the next page of a list; null at its end. */
export const nextToken = z.string().nullable().describe('Leads to the next page; null at the end')

/** A public avatar. */
export const avatar = z.object({
  avatar_id: z.string(),
  avatar_name: z.string(),
  gender: z.string(),
  preview_image_url: link,
  preview_video_url: link,
  premium: z.boolean(),
  type: z.null(),
  tags: z.array(z.string()),
  default_voice_id: z.string(),
})

/** A talking photo in the list of all avatars. */
export const talkingPhoto = z.object({
  talking_photo_id: hexId,
  talking_photo_name: z.string(),
  preview_image_url: link,
})

/** An avatar or a look in detail. */
export const avatarDetails = z.object({
  type: z.enum(['avatar', 'talking_photo']),
  id: z.string(),
  name: z.string(),
  gender: z.string(),
  preview_image_url: link,
  preview_video_url: link.nullable(),
  premium: z.boolean(),
  is_public: z.boolean(),
  default_voice_id: z.string().nullable(),
  tags: z.array(z.string()),
})

/** A group of looks. */
export const avatarGroup = z.object({
  id: z.string(),
  name: z.string(),
  created_at: unixTime,
  num_looks: z.int(),
  preview_image: link,
  preview_image_url: link,
  group_type: z.enum(['PRIVATE', 'PUBLIC']),
  train_status: z.literal('ready').nullable(),
  default_voice_id: z.string().nullable(),
})

/** A look: a photo avatar of the account. */
export const look = z.object({
  id: hexId,
  group_id: hexId,
  name: z.string(),
  image_url: link,
  created_at: z.number().describe('Seconds since 1970'),
  status: z.enum(['pending', 'completed', 'failed']),
  is_motion: z.boolean(),
  motion_preview_url: link.nullable(),
  business_type: z.enum(['uploaded', 'generated']),
  upscale_availability: z.object({ available: z.boolean(), reason: z.string().nullable() }),
  upscaled: z.boolean(),
  background_sound_effect: z.null(),
  default_voice_id: z.string().nullable(),
  error: z.string().nullable().describe('Why it failed'),
})

/** A member of a group: a look with the fields of an avatar, or a public avatar with an id and a name. */
export const groupMember = z.union([
  look.extend({
    avatar_id: hexId,
    avatar_name: z.string(),
    gender: z.string(),
    preview_image_url: link,
    preview_video_url: z.null(),
  }),
  avatar.extend({ id: z.string(), name: z.string() }),
])

export const voice = z.object({
  voice_id: z.string(),
  language: z.string(),
  gender: z.string(),
  name: z.string(),
  preview_audio: link,
  support_pause: z.boolean(),
  emotion_support: z.boolean(),
  support_interactive_avatar: z.boolean(),
  support_locale: z.boolean(),
})

export const asset = z.object({
  id: hexId,
  name: z.string(),
  file_type: z.enum(['image', 'video', 'audio']),
  folder_id: z.string(),
  meta: z.null(),
  created_ts: unixTime,
  url: link,
  image_key: z.string().nullable().describe('What photo avatars are made with; pictures alone have one'),
})

export const folder = z.object({
  id: z.string(),
  name: z.string(),
  parent_id: z.string().nullable(),
  project_type: z.string(),
  is_trash: z.boolean(),
  created_ts: unixTime,
  updated_ts: unixTime,
  direct_children_count: z.int(),
  creator_username: z.string(),
})

export const endpoint = z.object({
  endpoint_id: hexId,
  username: z.string(),
  url: link,
  status: z.enum(['enabled', 'disabled']),
  events: z.array(z.string()).nullable().describe('null: all of them'),
  secret: z.string().describe('The whole of it is the key of the signatures'),
  created_at: z.string(),
})

export const quota = z.object({
  remaining_quota: z.int().describe('Seconds of video'),
  details: z.object({
    api: z.int(),
    seat: z.int(),
    streaming_avatar: z.int(),
    streaming_avatar_instance_quota: z.int(),
    plan_credit: z.int(),
  }),
})

export const user = z.object({
  username: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  remaining_quota: z.int().describe('Seconds of video'),
})

/** How four generated pictures stand. */
export const generation = z.object({
  id: hexId,
  status: z.enum(['pending', 'success', 'failed']),
  msg: z.string().nullable().describe('Why it failed'),
  image_url_list: z.array(link),
  image_key_list: z.array(z.string()),
  notes,
})

export const training = z.object({
  status: z.enum(['training', 'ready']),
  error_msg: z.string().nullable(),
  created_at: unixTime,
  updated_at: unixTime,
})
