// Pictures as three planes (Y'CbCr 4:2:0, bt709, limited range) and their ways into and out of FFmpeg's frames.
import type { Frame } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'

/** One picture: width x height of luma, half of each of chroma, rows without gaps. */
export type Planes = {
  readonly y: Uint8Array
  readonly u: Uint8Array
  readonly v: Uint8Array
  /** Alpha, as large as luma, where the picture has any; its colour is then straight. */
  readonly a?: Uint8Array | null
}

/** Luma rows of a picture, even numbers; `end` is past the last. */
export type Rows = { readonly top: number; readonly end: number }

/** A picture with its size in pixels. */
export type Picture = Planes & { readonly width: number; readonly height: number }

/** A frame's buffers as Node sees them. */
export type FrameBuffers = {
  readonly width: number
  readonly height: number
  readonly planes: readonly Uint8Array[]
  readonly strides: readonly number[]
}

/**
 * A frame's buffers: true until the frame gets others. Ask once and keep them: each asking makes new views that count as
 * megabytes with the garbage collector, which then hardly stops collecting.
 * @throws Fault `internal` where it has none.
 */
export function buffersOf(frame: Frame): FrameBuffers {
  const planes = frame.data
  if (!planes) throw new Fault('internal', 'The encoder has no buffer for its frame.')
  return { width: frame.width, height: frame.height, planes, strides: frame.linesize }
}

/**
 * Copies a picture into the buffers of a frame of the same size, row by row where the frame's rows are padded.
 * @param rows luma rows to copy, even numbers, `end` past the last.
 * @throws Fault `internal` where a plane has the wrong length.
 */
export function fillFrame(
  { width, height, planes: buffers, strides }: FrameBuffers,
  planes: Planes,
  { top, end }: Rows = { top: 0, end: height },
): void {
  const sources = [planes.y, planes.u, planes.v, ...(planes.a ? [planes.a] : [])]
  for (const [plane, source] of sources.entries()) {
    const target = buffers[plane]!
    const stride = strides[plane]!
    const isFull = plane === 0 || plane === 3
    const columns = isFull ? width : width / 2
    const rows = isFull ? height : height / 2
    if (source.length !== columns * rows) {
      throw new Fault('internal', `A plane of ${width}x${height} holds ${source.length} bytes, not ${columns * rows}.`)
    }
    const side = height / rows
    const [first, count] = [top / side, (end - top) / side]
    copyRows(source.subarray(first * columns), columns, target.subarray(first * stride), stride, columns, count)
  }
}

/** Copies the planes out of a yuv420p or yuva420p frame into arrays of their own. */
export function readFrame(frame: Frame): Picture {
  const { width, height } = frame
  const buffers = frame.data
  if (!buffers) throw new Fault('internal', 'The decoder gave a frame without a buffer.')
  const hasAlpha = buffers.length > 3 && frame.linesize[3] !== 0
  const planes = (hasAlpha ? [0, 1, 2, 3] : [0, 1, 2]).map((plane) => {
    const isFull = plane === 0 || plane === 3
    const columns = isFull ? width : Math.ceil(width / 2)
    const rows = isFull ? height : Math.ceil(height / 2)
    const target = new Uint8Array(columns * rows)
    copyRows(buffers[plane]!, frame.linesize[plane]!, target, columns, columns, rows)
    return target
  })
  return { width, height, y: planes[0]!, u: planes[1]!, v: planes[2]!, a: planes[3] ?? null }
}

function copyRows(
  source: Uint8Array,
  sourceStride: number,
  target: Uint8Array,
  targetStride: number,
  columns: number,
  rows: number,
): void {
  if (sourceStride === columns && targetStride === columns) {
    target.set(source.subarray(0, columns * rows))
    return
  }
  for (let row = 0; row < rows; row++) {
    target.set(source.subarray(row * sourceStride, row * sourceStride + columns), row * targetStride)
  }
}

/**
 * A square part of a picture and where it begins: at even pixels, and cut where it reaches over the edge.
 * @param x left, @param y top, @param size side, all in pixels.
 */
export function cropPicture(
  picture: Picture,
  x: number,
  y: number,
  size: number,
): { readonly part: Picture; readonly left: number; readonly top: number } {
  const even = (value: number, most: number) => Math.max(0, Math.min(most - 2, Math.floor(value / 2) * 2))
  const left = even(x, picture.width)
  const top = even(y, picture.height)
  const width = Math.max(2, even(x + size + 1, picture.width + 2) - left)
  const height = Math.max(2, even(y + size + 1, picture.height + 2) - top)
  const cut = (plane: Uint8Array, stride: number, share: 1 | 2) => {
    const columns = Math.ceil(width / share)
    const rows = Math.ceil(height / share)
    const part = new Uint8Array(columns * rows)
    for (let row = 0; row < rows; row++) {
      const at = (top / share + row) * stride + left / share
      part.set(plane.subarray(at, at + columns), row * columns)
    }
    return part
  }
  const chromaStride = Math.ceil(picture.width / 2)
  const part = {
    width,
    height,
    y: cut(picture.y, picture.width, 1),
    u: cut(picture.u, chromaStride, 2),
    v: cut(picture.v, chromaStride, 2),
  }
  return { part, left, top }
}

/**
 * A picture as packed 8-bit RGB, with the bt709 matrix and limited range that Rostrum's files are tagged with; chroma is
 * taken from the nearest sample.
 * Source of the coefficients: ITU-R BT.709-6, Kr 0.2126, Kb 0.0722, luma 16 to 235, chroma 16 to 240.
 */
export function planesToRgb({ y, u, v, width, height }: Picture): Uint8Array {
  const rgb = new Uint8ClampedArray(width * height * 3)
  const chromaWidth = Math.ceil(width / 2)
  let at = 0
  for (let row = 0; row < height; row++) {
    const chromaRow = (row >> 1) * chromaWidth
    for (let column = 0; column < width; column++) {
      const luma = (y[row * width + column]! - 16) * 1.164384
      const cb = u[chromaRow + (column >> 1)]! - 128
      const cr = v[chromaRow + (column >> 1)]! - 128
      rgb[at++] = luma + 1.792741 * cr
      rgb[at++] = luma - 0.213249 * cb - 0.532909 * cr
      rgb[at++] = luma + 2.112402 * cb
    }
  }
  return new Uint8Array(rgb.buffer)
}
