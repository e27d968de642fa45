// From the bytes of a picture file to upright sRGB pixels of a bounded size.
import decodeHeic from 'heic-decode'
import sharp, { type Sharp, type SharpOptions } from 'sharp'
import { heicColours, toSrgb } from './heic-colour.ts'
import { PHOTO_SIDE } from './photo.ts'
import { isMarkup, pictureType } from './picture-type.ts'
import { refuse } from './refusal.ts'

/** What a picture may be at most. */
export type PictureLimits = {
  /** Of the file. @default 50 MB */
  readonly maxBytes?: number
  /** Width times height as stored. @default 100 million */
  readonly maxPixels?: number
  /** The longer side that is worked on, in pixels; larger pictures are scaled down. @default {@link PHOTO_SIDE} */
  readonly maxSide?: number
}

/** Upright pixels, 3 bytes each, sRGB; both sides even. */
export type Picture = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

const MAX_BYTES = 50e6
const MAX_PIXELS = 100e6
/** The shorter side at least, in pixels: no face of a size to work with fits into less. */
const MIN_SIDE = 120
/** What see-through pictures are laid on: a light grey from which dark and fair hair stand out. */
const PAPER = '#c4c8cc'

/**
 * Reads a JPEG, PNG, WebP, AVIF, HEIC or GIF (the first picture of moving ones). Memory stays near the size of the
 * picture as stored, for most kinds far below, because it is scaled down while it is read.
 * @throws Fault `invalid` with the reason in words where it cannot be used.
 */
export async function readPicture(bytes: Uint8Array, limits: PictureLimits = {}): Promise<Picture> {
  const { maxBytes = MAX_BYTES, maxPixels = MAX_PIXELS, maxSide = PHOTO_SIDE } = limits
  if (bytes.length > maxBytes) {
    throw refuse('too-many-bytes', `It has ${inMegabytes(bytes.length)}, and ${inMegabytes(maxBytes)} is the limit.`)
  }
  if (bytes.length === 0) throw refuse('not-a-picture', 'The file is empty.')
  const type = pictureType(bytes)
  if (type === null) {
    throw refuse('not-a-picture', isMarkup(bytes) ? 'SVG and other markup cannot: save it as PNG first.' : '')
  }
  const checkSize = (width: number, height: number) => {
    const size = `It has ${width} x ${height} pixels`
    if (width * height > maxPixels) {
      throw refuse('too-many-pixels', `${size}, and ${Math.floor(maxPixels / 1e6)} million is the limit.`)
    }
    if (Math.min(width, height) * Math.min(1, maxSide / Math.max(width, height)) < MIN_SIDE) {
      throw refuse('too-few-pixels', `${size}; ${MIN_SIDE} x ${MIN_SIDE} is the least, and it may not be a mere strip.`)
    }
  }
  try {
    return type === 'heic' ? await readHeic(bytes, checkSize, maxSide) : await readSharp(bytes, checkSize, maxSide)
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'Fault') throw cause
    throw refuse('broken-picture', '', cause)
  }
}

type CheckSize = (width: number, height: number) => void

async function readSharp(bytes: Uint8Array, checkSize: CheckSize, maxSide: number): Promise<Picture> {
  // The header is read without sharp's own limit, so that the answer can name the size.
  const { width, height, orientation = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata()
  checkSize(width, height)
  const shrunk = await shrink(sharp(bytes, { failOn: 'error', autoOrient: false }), width, height, maxSide)
  return orientation === 1 ? shrunk : turnUpright(shrunk, orientation)
}

async function readHeic(bytes: Uint8Array, checkSize: CheckSize, maxSide: number): Promise<Picture> {
  const images = await decodeHeic.all({ buffer: bytes })
  try {
    const first = images[0]!
    checkSize(first.width, first.height)
    const { width, height, data } = await first.decode()
    const picture = await shrink(fromRaw(data, width, height, 4), width, height, maxSide)
    const colours = heicColours(bytes)
    return colours ? toSrgb(picture, colours) : picture
  } finally {
    images.dispose()
  }
}

/** Scales to the size that is worked on and to 8-bit sRGB without alpha. */
async function shrink(source: Sharp, width: number, height: number, maxSide: number): Promise<Picture> {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  const outWidth = scale === 1 ? even(width) : even(width * scale + 1)
  const outHeight = scale === 1 ? even(height) : even(height * scale + 1)
  // Where nothing is scaled, an odd row or column is cut off rather than the whole picture squeezed by half a pixel.
  const sized =
    scale === 1
      ? source.extract({ left: 0, top: 0, width: outWidth, height: outHeight })
      : source.resize(outWidth, outHeight, { fit: 'fill' })
  return finish(sized.flatten({ background: PAPER }).toColourspace('srgb'))
}

/** Turns as the EXIF orientation says; done on the small picture, since turning needs all of it in memory. */
async function turnUpright({ width, height, rgb }: Picture, orientation: number): Promise<Picture> {
  const turn = [0, 0, 180, 180, 90, 90, 270, 270][orientation - 1] ?? 0
  const isMirrored = [2, 4, 5, 7].includes(orientation)
  const turned = await finish(fromRaw(rgb, width, height, 3).rotate(turn))
  if (!isMirrored) return turned
  return finish(fromRaw(turned.rgb, turned.width, turned.height, 3).flop())
}

async function finish(image: Sharp): Promise<Picture> {
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  if (info.channels === 3) return { width: info.width, height: info.height, rgb: asBytes(data) }
  if (info.channels !== 1) throw new Error(`A picture came out with ${info.channels} channels.`)
  return { width: info.width, height: info.height, rgb: greyToRgb(data) }
}

function fromRaw(data: Uint8Array | Uint8ClampedArray, width: number, height: number, channels: 3 | 4): Sharp {
  return sharp(data, { raw: { width, height, channels } } satisfies SharpOptions)
}

function asBytes(data: Buffer): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3)
  for (let i = 0; i < rgb.length; i++) rgb[i] = grey[Math.floor(i / 3)]!
  return rgb
}

function even(size: number): number {
  return 2 * Math.floor(size / 2)
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
