// Frames that encoders take and give back: their memory, and Node's views of it, are made once.
import { AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVA420P } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import type { Canvas } from '../../core/spec.ts'
import { checked } from './ffmpeg.ts'
import { buffersOf, type FrameBuffers } from './planes.ts'

/** A yuv420p or yuva420p frame and the views of its buffers. */
export type HeldFrame = { readonly frame: Frame; readonly hasAlpha: boolean; buffers: FrameBuffers }

/** Alignment of a frame's rows, in bytes: none, so that whole planes can be copied at once. */
const ROWS_WITHOUT_GAPS = 1

/** How many are kept while nobody uses them. */
const KEPT = 2
const spare: HeldFrame[] = []

/**
 * A frame for nobody else to use until it is given back. Each one that is made counts as megabytes with the garbage
 * collector for as long as it lives, so they are used again.
 */
export function takeFrame({ width, height }: Canvas, hasAlpha: boolean): HeldFrame {
  const found = spare.findIndex(
    (held) => held.buffers.width === width && held.buffers.height === height && held.hasAlpha === hasAlpha,
  )
  const [held] = found < 0 ? [] : spare.splice(found, 1)
  if (held) return held
  const frame = new Frame()
  try {
    frame.alloc()
    frame.format = hasAlpha ? AV_PIX_FMT_YUVA420P : AV_PIX_FMT_YUV420P
    frame.width = width
    frame.height = height
    checked(frame.getBuffer(ROWS_WITHOUT_GAPS), 'make room for a frame')
    return { frame, hasAlpha, buffers: buffersOf(frame) }
  } catch (cause) {
    frame.free()
    throw cause
  }
}

/** Makes sure that nobody else reads a frame that is about to be written: the encoder may still hold the last picture. */
export function makeWritable(held: HeldFrame): void {
  if (held.frame.isWritable) return
  checked(held.frame.makeWritable(), 'make room for a frame')
  held.buffers = buffersOf(held.frame)
}

/** Takes a frame back; not to be used by its giver any more. */
export function giveFrame(held: HeldFrame): void {
  spare.push(held)
  if (spare.length > KEPT) spare.shift()?.frame.free()
}
