// What kind of picture some bytes are, told by the bytes themselves and never by a name.

/** The kinds of picture that can be read. */
export type PictureType = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'heic'

/** Brands of ISO base media files. Source: ISO/IEC 23008-12 (HEIF) and the AV1 image file format. */
const AVIF_BRANDS = new Set(['avif', 'avis'])
const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'hevx'])

/** The type that the first bytes tell, or null for everything else. */
export function pictureType(bytes: Uint8Array): PictureType | null {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  const head = ascii(bytes, 0, 12)
  if (head.startsWith('RIFF') && head.endsWith('WEBP')) return 'webp'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif'
  if (head.slice(4, 8) === 'ftyp') return heifType(bytes)
  return null
}

/** True for SVG and other XML, which is text that a program would have to draw. */
export function isMarkup(bytes: Uint8Array): boolean {
  return /^(\uFEFF|ï»¿)?\s*<(\?xml|!doctype|!--|svg|html)/i.test(ascii(bytes, 0, 256))
}

// The major brand alone does not tell: `mif1` is any HEIF, and the codec stands among the compatible brands.
function heifType(bytes: Uint8Array): PictureType | null {
  const length = Math.min(bytes.length, 256, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0))
  const brands = [ascii(bytes, 8, 12)]
  for (let at = 16; at + 4 <= length; at += 4) brands.push(ascii(bytes, at, at + 4))
  if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'avif'
  if (brands.some((brand) => HEIC_BRANDS.has(brand))) return 'heic'
  return null
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}
