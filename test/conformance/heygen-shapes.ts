// HeyGen's two envelopes and its things as shapes.
import { is, type Shape } from './shape.ts'

/** A success in v2's envelope, and in v1's. */
export const h2 = (data: Shape): Shape => ({ error: null, data })
export const h1 = (data: Shape): Shape => ({ code: 100, data, msg: null, message: 'Success' })
/** A refusal in v2's envelope, and in v1's. */
export const e2 = (code: string, message: RegExp): Shape => ({ data: null, error: { code, message } })
export const e1 = (code: number, message: RegExp): Shape => ({ code, message })

export const LINK = /^http:\/\/127\.0\.0\.1:\d+\/files\/[\w./-]+\?expires=\d+&signature=[\w-]+$/
const PREVIEW = /^http:\/\/127\.0\.0\.1:\d+\/media\/own\/[0-9a-f]{32}\/preview\.mp4\?signature=[\w-]+$/

export const AVATAR = {
  avatar_id: is.filled,
  avatar_name: is.filled,
  gender: /^(fe)?male$/,
  preview_image_url: is.url,
  preview_video_url: is.url,
  premium: false,
  type: null,
  tags: is.list(is.filled),
  default_voice_id: is.filled,
}
export const VOICE = {
  voice_id: is.filled,
  language: /^[A-Z]/,
  gender: /^(fe)?male$/,
  name: is.filled,
  preview_audio: is.url,
  support_pause: is.flag,
  emotion_support: is.flag,
  support_interactive_avatar: is.flag,
  support_locale: is.flag,
}
/** A look that is ready. */
export const LOOK = {
  id: is.hex,
  group_id: is.hex,
  name: is.filled,
  image_url: LINK,
  created_at: is.number,
  status: 'completed',
  is_motion: true,
  motion_preview_url: PREVIEW,
  business_type: /^(uploaded|generated)$/,
  upscale_availability: { available: is.flag, reason: is.orNull(is.filled) },
  upscaled: is.flag,
  background_sound_effect: null,
  default_voice_id: is.filled,
  error: null,
}
/** The same as a member of a group, with what the lists of avatars have. */
export const GROUP_LOOK = {
  ...LOOK,
  avatar_id: is.hex,
  avatar_name: is.filled,
  gender: /^(fe)?male$/,
  preview_image_url: LINK,
  preview_video_url: null,
}
export const ASSET = {
  id: is.hex,
  name: is.text,
  file_type: /^(image|video|audio)$/,
  folder_id: is.text,
  meta: null,
  created_ts: is.int,
  url: LINK,
  image_key: is.orNull(/^image\/[0-9a-f]{32}\/original$/),
}
export const FOLDER = {
  id: is.filled,
  name: is.filled,
  parent_id: is.orNull(is.filled),
  project_type: is.filled,
  is_trash: is.flag,
  created_ts: is.int,
  updated_ts: is.int,
  direct_children_count: is.int,
  creator_username: is.filled,
}
export const ENDPOINT = {
  endpoint_id: is.hex,
  username: is.filled,
  url: is.url,
  status: 'enabled',
  events: is.orNull(is.some(is.filled)),
  secret: is.filled,
  created_at: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/,
}
export const QUOTA = {
  remaining_quota: is.int,
  details: {
    api: is.int,
    seat: is.int,
    streaming_avatar: is.int,
    streaming_avatar_instance_quota: is.int,
    plan_credit: is.int,
  },
}
