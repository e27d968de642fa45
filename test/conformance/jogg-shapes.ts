// JoggAI's answers as shapes, shared by its generations.

import { is, type Shape } from './shape.ts'
import { type Ask, type Case, NO_ID, NO_INPUT, type Table } from './world.ts'

/** A success. */
export const jogg = (data: Shape): Shape => ({ rid: is.hex, code: 0, msg: 'success', data })
/** A refusal with its code. */
export const fault = (code: number, msg: RegExp): Shape => ({ rid: is.hex, code, msg, data: null })
/** A refusal of the oldest generation, which says it twice. */
export const openFault = (code: number, msg: RegExp): Shape => ({
  rid: is.hex,
  code,
  msg,
  data: null,
  error: code,
  message: msg,
})

/** An id that names nothing, and somebody else's, are the same to who asks. */
export const NOT_FOUND = /^Record not found: There is no /
export const NOT_THERE = fault(10104, NOT_FOUND)
/** What a route answers that this server knows and does not have. */
export const MISSING = /^Parameter error: .* (is|are) not supported here\./

/** Cases of routes that are known and not supported. */
export function missing(routes: readonly string[], refusal: (code: number, msg: RegExp) => Shape = fault): Table {
  const ask: Ask = { body: {}, is: refusal(40000, MISSING) }
  const always: Case = { other: ask, unknown: 'nothing is looked up', bad: 'nothing is read', ok: ask }
  return Object.fromEntries(routes.map((route) => [route, () => always]))
}

export const LINK = /^http:\/\/127\.0\.0\.1:\d+\/files\/[\w./-]+\?expires=\d+&signature=[\w-]+$/
export const PREVIEW = /^http:\/\/127\.0\.0\.1:\d+\/media\/own\/[0-9a-f]{32}\/preview\.mp4\?signature=[\w-]+$/

const GENDER = /^(fe)?male$/
const AGE = /^(young_adult|adult|senior)$/
const ASPECT = is.either(0, 1, 2)

/** A public avatar. */
export const AVATAR = {
  id: is.int,
  avatar_id: is.int,
  name: is.filled,
  video_url: is.url,
  cover_url: is.url,
  aspect_ratio: ASPECT,
  style: /^(professional|social)$/,
  gender: GENDER,
  age: AGE,
  scene: is.filled,
  ethnicity: is.filled,
}
/** One of the account's own, ready. */
export const OWN_AVATAR = {
  id: is.int,
  avatar_id: is.int,
  name: is.filled,
  video_url: is.either('', PREVIEW),
  cover_url: LINK,
  avatar_url: LINK,
  api_only: false,
  avatar_status: /^(processing|completed|failed)$/,
  status: is.either(0, 1, 2),
  fail_msg: is.text,
  aspect_ratio: 0,
  gender: is.text,
  age: is.text,
  style: 'social',
}
export const VOICE = {
  name: is.filled,
  voice_id: is.filled,
  audio_url: is.url,
  language: /^[a-z-]+$/,
  gender: GENDER,
  age: /^(young|middle_aged|old)$/,
  accent: is.text,
  use_case: is.filled,
  locale: is.filled,
}
export const ENDPOINT = {
  endpoint_id: is.hex,
  url: is.url,
  secret: is.filled,
  status: /^(enabled|disabled)$/,
  events: is.some(is.filled),
  username: is.filled,
  created_at: is.int,
}
/** What a dry run answers. */
export const REHEARSAL = {
  dry_run: true,
  name: is.filled,
  width: is.int,
  height: is.int,
  fps: is.int,
  duration: is.number,
  scenes: is.some({
    duration: is.number,
    avatar: is.orNull(is.filled),
    voice_id: is.orNull(is.filled),
    characters: is.int,
  }),
  warnings: is.list(is.filled),
  estimate: { seconds: is.int, bytes: is.int, basis: /^(measured|typical)$/ },
}
/** A body that makes people. */
export const PEOPLE = {
  age: 'Adult',
  avatar_style: 'Professional',
  gender: 'Female',
  model: 'modern',
  aspect_ratio: 'portrait',
}
/** Four pictures of people that are there. */
export const PHOTO = {
  photo_id: is.hex,
  status: 'success',
  image_url_list: [LINK, LINK, LINK, LINK],
  image_key_list: [is.filled, is.filled, is.filled, is.filled],
  msg: null,
}
/** An avatar of the world's that is ready. */
export const MOTION = {
  motion_id: is.hex,
  avatar_id: is.int,
  image_url: LINK,
  name: 'Ada',
  status: 'completed',
  motion_preview_url: PREVIEW,
  voice_id: is.filled,
  error_msg: null,
}
/** Names of events. */
export const EVENTS = is.some(/^[a-z_]+_(success|failed)$/)
/** Whose key it is, for either account. */
export const WHOAMI = (): Case => ({
  other: { is: jogg({ email: 'stranger@localhost', username: 'stranger', credits: is.number }) },
  unknown: NO_ID,
  bad: NO_INPUT,
  ok: { is: jogg({ email: 'owner@localhost', username: 'Rostrum', credits: is.number }) },
})
