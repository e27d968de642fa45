// What a file is, by its first bytes: names and headers are only said.

/** A kind of file that may be uploaded. */
export type MediaType = {
  readonly kind: 'image' | 'video' | 'audio'
  readonly contentType: string
  /** Without the dot. */
  readonly extension: string
}

/** How many bytes {@link mediaTypeOf} looks at. */
export const HEAD_BYTES = 32

const type = (kind: MediaType['kind'], subtype: string, extension: string): MediaType => ({
  kind,
  contentType: `${kind}/${subtype}`,
  extension,
})

const JPEG = type('image', 'jpeg', 'jpg')
const PNG = type('image', 'png', 'png')
const GIF = type('image', 'gif', 'gif')
const WEBP = type('image', 'webp', 'webp')
const AVIF = type('image', 'avif', 'avif')
const HEIC = type('image', 'heic', 'heic')
const MP4 = type('video', 'mp4', 'mp4')
const MOV = type('video', 'quicktime', 'mov')
const AVI = type('video', 'x-msvideo', 'avi')
const WEBM = type('video', 'webm', 'webm')
const MKV = type('video', 'x-matroska', 'mkv')
const MP3 = type('audio', 'mpeg', 'mp3')
const WAV = type('audio', 'wav', 'wav')
const M4A = type('audio', 'mp4', 'm4a')
const OGG = type('audio', 'ogg', 'ogg')
const FLAC = type('audio', 'flac', 'flac')
const AAC = type('audio', 'aac', 'aac')

/** The type of a file that begins so, or null for one that is no picture, video or sound. */
export function mediaTypeOf(head: Uint8Array): MediaType | null {
  const text = Buffer.from(head.subarray(0, HEAD_BYTES)).toString('latin1')
  const first = head[0] ?? 0
  const second = head[1] ?? 0
  if (text.startsWith('\xff\xd8\xff')) return JPEG
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return PNG
  if (/^GIF8[79]a/.test(text)) return GIF
  if (text.startsWith('RIFF')) return { WEBP, WAVE: WAV, 'AVI ': AVI }[text.slice(8, 12)] ?? null
  if (text.slice(4, 8) === 'ftyp') return ofBrand(text.slice(8, 12))
  if (text.startsWith('\x1aE\xdf\xa3')) return WEBM
  if (text.startsWith('ID3')) return MP3
  if (text.startsWith('OggS')) return OGG
  if (text.startsWith('fLaC')) return FLAC
  // ADTS and MPEG audio share their first 11 bits; two bits of layer tell them apart.
  if (first === 0xff && (second & 0xf6) === 0xf0) return AAC
  if (first === 0xff && (second & 0xe0) === 0xe0) return MP3
  return null
}

/** The type that a name ends in, or null. */
export function mediaTypeOfName(name: string): MediaType | null {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const all = [JPEG, PNG, GIF, WEBP, AVIF, HEIC, MP4, MOV, AVI, WEBM, MKV, MP3, WAV, M4A, OGG, FLAC, AAC]
  return all.find((each) => each.extension === (extension === 'jpeg' ? 'jpg' : extension)) ?? null
}

function ofBrand(brand: string): MediaType {
  if (/^avi[fs]/.test(brand)) return AVIF
  if (/^(hei[cxms]|hev[cxms]|mif1|msf1)/.test(brand)) return HEIC
  if (/^M4A/.test(brand)) return M4A
  return brand.startsWith('qt') ? MOV : MP4
}
