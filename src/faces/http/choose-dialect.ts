// Both vendors' APIs at the root of one port: which of them is a request for?
import type { IncomingHttpHeaders } from 'node:http'
import type { KeyDialect } from '../../core/job.ts'
import { keyIn } from './guard.ts'

/** Hosts that may be mapped to this server. */
const HOSTS: Readonly<Record<string, KeyDialect>> = {
  'api.jogg.ai': 'joggai',
  'api-services.jogg.ai': 'joggai',
  'api.heygen.com': 'heygen',
  'upload.heygen.com': 'heygen',
}

/** Paths of HeyGen's that JoggAI has too. */
const SHARED =
  /^\/v2\/(voices|user\/remaining_quota|templates|template\/custom\/[^/]+|video_translate(\/.*)?|photo_avatar\/(photo\/generate|add_motion))$/

/** Paths that only HeyGen has. */
const HEYGEN = new RegExp(
  `^/(${[
    'v2/video/.+',
    'v2/videos(/.*)?',
    'v2/(avatars|avatar/.+|avatar_group\\.list|avatar_group/.+)',
    'v2/voices/locales',
    'v2/photo_avatar/(generation|avatar_group|train|look)(/.*)?',
    'v2/photo_avatar/(add_sound_effect|upscale)',
    'v2/photo_avatar/(?!photo$)[^/]+',
    'v2/photo_avatar_group/.+',
    'v2/(talking_photos?)(/.*)?',
    'v2/(template|templates)/.+',
    'v1/(video_status\\.get|video\\..+|video/.+|video_generate\\.quota)',
    'v1/(voice|avatar|talking_photo)\\.list',
    'v1/(asset|talking_photos?|folders|user|streaming|brand_voice)([./].*)?',
    'v2/brand_voice/.+',
    'v1/webhook/(endpoint\\..+|webhook\\.list)',
    'v3/.+',
  ].join('|')})$`,
)

/** Whether a path (without query) may be one or the other vendor's, one's alone, or neither's. */
export function claimOf(path: string): KeyDialect | 'shared' | null {
  if (!/^\/(v\d+|open)(\/|$)/.test(path)) return null
  if (SHARED.test(path)) return 'shared'
  return HEYGEN.test(path) ? 'heygen' : 'joggai'
}

/** What is chosen from, beside the address. */
export type Clues = {
  readonly method: string
  readonly headers: IncomingHttpHeaders
  /** The dialect of a key, or null. */
  dialectOf(key: string): Promise<KeyDialect | null>
}

/**
 * The address under which a request is routed: a root path gets its dialect's prefix. A path of both goes by the Host
 * header, then by the key's own dialect; a POST then by its body (`/shared`), anything else to JoggAI.
 *
 * @param url path and query as they came.
 */
export async function chooseDialect(url: string, { method, headers, dialectOf }: Clues): Promise<string> {
  const { path, untrimmed, query } = tidy(url)
  const claim = claimOf(path)
  if (claim === null) return untrimmed.replace(/^\/joggai\/open\/(v[12]\/)/, '/joggai/$1') + query
  const byHost = HOSTS[(headers.host ?? '').replace(/:\d+$/, '').toLowerCase()]
  const rest = path.replace(/^\/open\/(v[12]\/)/, '/$1') + query
  if (byHost) return `/${byHost}${rest}`
  if (claim !== 'shared') return `/${claim}${rest}`
  const key = keyIn(headers)
  const byKey = key === null ? null : await dialectOf(key)
  if (byKey) return `/${byKey}${rest}`
  if (headers['x-api-key'] === undefined && headers.authorization !== undefined) return `/heygen${rest}`
  return `${method === 'POST' ? '/shared' : '/joggai'}${rest}`
}

/** Which vendor's a body on a shared path is: HeyGen's photo requests name a pose and an orientation, motions only an id. */
export function dialectOfBody(body: unknown): KeyDialect {
  const fields = typeof body === 'object' && body !== null ? Object.keys(body) : []
  const has = (...names: string[]) => names.some((name) => fields.includes(name))
  if (has('orientation', 'pose', 'style')) return 'heygen'
  return has('id') && !has('image_url', 'photo_id', 'voice_id') ? 'heygen' : 'joggai'
}

/** Doubled and trailing slashes and dot segments go: some clients build addresses with them. */
function tidy(url: string): { path: string; untrimmed: string; query: string } {
  const mark = url.indexOf('?')
  const raw = (mark < 0 ? url : url.slice(0, mark)).replace(/\/{2,}/g, '/')
  const query = mark < 0 ? '' : url.slice(mark)
  const dotted = /\/(\.|%2e)/i.test(raw) && URL.canParse(raw, 'http://here')
  const untrimmed = dotted ? new URL(raw, 'http://here').pathname : raw
  return { path: untrimmed.length > 1 ? untrimmed.replace(/\/$/, '') : untrimmed, untrimmed, query }
}
