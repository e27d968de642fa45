// A video as a moving background: of any codec, upright, at whatever moment is asked for, fitted to the canvas.
import { FilterAPI } from 'node-av/api'
import {
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_BT709,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
  SWS_POINT,
  AV_PIX_FMT_YUV420P as YUV,
} from 'node-av/constants'
import { Dictionary, type FormatContext, Frame, Packet, Rational, SoftwareScaleContext, type Stream } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import type { PixelBox } from '../../core/plan.ts'
import type { Fit } from '../../core/spec.ts'
import { checked, openDecoder, openMedia, streamOf, ticksToSeconds } from './ffmpeg.ts'
import type { Planes } from './planes.ts'
import { giveFrame, takeFrame } from './spare-frames.ts'
import { tagColours } from './untagged.ts'

/**
 * What a clip may be, as FFmpeg calls it: no list and no script that names other files is among it, and no protocol but
 * that of files is there for what a container might name.
 */
const FORMATS = 'mov,matroska,avi,mpegts,mpeg,flv,ogg,asf,gif'
/** Larger pictures are refused, in pixels. */
const MAX_PIXELS = 4096 * 4096
/** Forward jumps longer than this are sought, not decoded, in seconds. */
const SEEK_SECONDS = 4

/** A clip that is open. */
export type Clip = {
  /**
   * The canvas at a moment of the clip: the picture whose time has come, the last one after the end. Moments may go
   * backwards, at the price of seeking. The planes are views that the next call may overwrite.
   */
  pictureAt(seconds: number): Promise<Planes>
  close(): Promise<void>
}

/** How a clip meets the canvas. */
export type ClipPlacement = {
  /** Pixels, even. */
  readonly width: number
  readonly height: number
  readonly fit: Fit
  /** The part of the canvas that it is fitted to. @default all of it */
  readonly box?: PixelBox | undefined
  /** What stands where the clip does not reach: a picture of the canvas' size. */
  readonly around: Planes
}

/** The length of a clip: from its first picture to the end of its last. @throws Fault `invalid` where it is no video. */
export async function clipSeconds(path: string): Promise<number> {
  await using input = await openClipFile(path)
  const stream = pictureOf(input, path)
  using packet = new Packet()
  packet.alloc()
  let [first, end, count] = [Number.POSITIVE_INFINITY, 0, 0]
  while ((await input.readFrame(packet)) >= 0) {
    const ticks = packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts
    if (packet.streamIndex === stream.index && ticks !== AV_NOPTS_VALUE) {
      const at = ticksToSeconds(ticks, stream.timeBase)
      first = Math.min(first, at)
      end = Math.max(end, at + ticksToSeconds(packet.duration > 0n ? packet.duration : 0n, stream.timeBase))
      count++
    }
    packet.unref()
  }
  const rate = stream.avgFrameRate.num / Math.max(1, stream.avgFrameRate.den)
  const least = rate > 0 ? count / rate : 0
  const seconds = count === 0 ? 0 : Math.max(end - first, end > first ? 0 : least)
  if (!(seconds > 0))
    throw new Fault('invalid', 'The background video holds no moving picture.', { field: 'background' })
  return seconds
}

/** Opens a clip. @throws Fault `invalid` where it cannot be read. */
export async function openClip(path: string, placement: ClipPlacement): Promise<Clip> {
  const input = await openClipFile(path)
  const stream = pictureOf(input, path)
  const decoder = await openDecoder(stream, path)
  const packet = new Packet()
  packet.alloc()
  const fitter = openFitter(stream, placement)
  const start = stream.startTime === AV_NOPTS_VALUE ? 0 : ticksToSeconds(stream.startTime, stream.timeBase)
  /** What is shown and what comes next: decoded, and when its time comes. */
  let shown = { frame: emptyFrame(), seconds: Number.NaN }
  let next = { frame: emptyFrame(), seconds: Number.NaN }
  let hasNext = false
  let hasEnded = false
  /** The fitted picture of what is shown. */
  let fitted: Planes | null = null

  /** Decodes one more picture; damaged ones are passed over. */
  const decodeNext = async () => {
    next.frame.unref()
    for (;;) {
      const code = await decoder.receiveFrame(next.frame)
      if (code >= 0) break
      if (code === AVERROR_EOF || hasEnded) {
        hasNext = false
        return
      }
      hasEnded = (await input.readFrame(packet)) < 0
      if (hasEnded) await decoder.sendPacket(null)
      else {
        if (packet.streamIndex === stream.index) await decoder.sendPacket(packet)
        packet.unref()
      }
    }
    const ticks = next.frame.bestEffortTimestamp
    next.seconds = ticks === AV_NOPTS_VALUE ? shown.seconds : ticksToSeconds(ticks, stream.timeBase) - start
    hasNext = true
  }
  const seek = async (seconds: number) => {
    const ticks = BigInt(Math.floor(((seconds + start) * stream.timeBase.den) / stream.timeBase.num))
    await input.seekFrame(stream.index, ticks, AVSEEK_FLAG_BACKWARD)
    decoder.flushBuffers()
    hasEnded = false
    shown.seconds = Number.NaN
    fitted = null
    await decodeNext()
  }
  const close = async () => {
    fitter.close()
    shown.frame.free()
    next.frame.free()
    packet.free()
    decoder.freeContext()
    await input[Symbol.asyncDispose]()
  }
  await decodeNext()
  if (!hasNext) {
    await close()
    throw unreadable(path)
  }

  return {
    async pictureAt(seconds) {
      const at = seconds + TOLERANCE
      if (at < shown.seconds) await seek(seconds)
      else if (hasNext && at > next.seconds + SEEK_SECONDS) await seek(seconds)
      while (hasNext && (next.seconds <= at || Number.isNaN(shown.seconds))) {
        ;[shown, next] = [next, shown]
        fitted = null
        await decodeNext()
      }
      if (Number.isNaN(shown.seconds)) throw unreadable(path)
      fitted ??= await fitter.fit(shown.frame)
      return fitted
    },
    close,
  }
}

/** Half a frame of the fastest rate: timestamps are rounded, in WebM to milliseconds. */
const TOLERANCE = 0.004

function emptyFrame(): Frame {
  const frame = new Frame()
  frame.alloc()
  return frame
}

function unreadable(path: string, cause?: unknown): Fault {
  return new Fault('invalid', 'The background video cannot be read: send MP4, MOV, WebM, MKV or AVI.', {
    cause: cause ?? path,
    field: 'background',
  })
}

async function openClipFile(path: string): Promise<FormatContext> {
  using options = Dictionary.fromObject({ format_whitelist: FORMATS, protocol_whitelist: 'file' })
  try {
    return await openMedia(path, options)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function pictureOf(input: FormatContext, path: string): Stream {
  const stream = streamOf(input, AVMEDIA_TYPE_VIDEO)
  if (!stream) throw unreadable(path)
  const { width, height } = stream.codecpar
  if (width * height > MAX_PIXELS) {
    throw new Fault(
      'invalid',
      `The background video has ${width} x ${height} pixels: send one of at most 4096 x 4096.`,
      {
        field: 'background',
      },
    )
  }
  return stream
}

/** Turns and scales pictures; those that lie on a part of the canvas are put into `around`. */
function openFitter(stream: Stream, { width, height, fit, around, box }: ClipPlacement) {
  const { num, den } = stream.codecpar.sampleAspectRatio
  const stretch = num > 0 && den > 0 ? num / den : 1
  const quarters = quarterTurns(stream)
  const [acrossPixels, downPixels] = [stream.codecpar.width * stretch, stream.codecpar.height]
  const [across, down] = quarters % 2 === 0 ? [acrossPixels, downPixels] : [downPixels, acrossPixels]
  const { scaled, inset } = insetOf(fit, across, down, box ?? { left: 0, top: 0, width, height })
  const steps = [
    ...[[], ['transpose=clock'], ['hflip', 'vflip'], ['transpose=cclock']][quarters]!,
    `scale=${scaled.width}:${scaled.height}:flags=bilinear:out_color_matrix=bt709:out_range=tv`,
    `crop=${inset.width}:${inset.height}`,
    'format=yuv420p',
  ]
  const filter = FilterAPI.create(steps.join(','))
  // One frame takes every picture: looking into a new one each time would keep the garbage collector busy.
  const held = takeFrame({ ...inset, fps: 1 }, false)
  const isUpright = quarters === 0 && scaled.width === inset.width && scaled.height === inset.height
  /** Nothing of it is to be changed. */
  const fitsAsItIs = ({ width, height, format, colorSpace, colorRange }: Frame) =>
    isUpright &&
    width === inset.width &&
    height === inset.height &&
    format === YUV &&
    colorSpace === AVCOL_SPC_BT709 &&
    colorRange !== AVCOL_RANGE_JPEG
  const copier = new SoftwareScaleContext()
  copier.getContext(inset.width, inset.height, YUV, inset.width, inset.height, YUV, SWS_POINT)
  const isWhole = inset.width === width && inset.height === height
  const whole = isWhole ? null : { y: around.y.slice(), u: around.u.slice(), v: around.v.slice() }
  return {
    async fit(frame: Frame): Promise<Planes> {
      tagColours(frame)
      if (fitsAsItIs(frame)) checked(await copier.scaleFrame(held.frame, frame), COPYING)
      else {
        // Which the filter asks for; nobody looks at its times.
        frame.timeBase = new Rational(stream.timeBase.num, stream.timeBase.den)
        const [fitted, ...others] = await filter.processAll(frame)
        for (const other of others) other.free()
        if (!fitted) throw new Fault('internal', 'A picture of the background video could not be fitted.')
        checked(await copier.scaleFrame(held.frame, fitted), COPYING)
        fitted.free()
      }
      const [y, u, v] = held.buffers.planes.map((plane, index) =>
        plane.subarray(0, (inset.width * inset.height) / (index === 0 ? 1 : 4)),
      )
      const picture = { y: y!, u: u!, v: v! }
      return whole ? putInto(whole, picture, inset, width) : picture
    },
    close() {
      filter.close()
      copier.freeContext()
      giveFrame(held)
    },
  }
}

const COPYING = 'copy a picture of the background video'

/** How large a picture is drawn, and which part of the canvas it then covers: it is cut at its middle where it is larger. */
function insetOf(fit: Fit, across: number, down: number, { left, top, width, height }: PixelBox) {
  const fills = Math.max(width / across, height / down)
  const factor =
    fit === 'contain'
      ? Math.min(width / across, height / down)
      : fit === 'cover' || (fit === 'crop' && fills > 1)
        ? fills
        : 1
  const even = (value: number) => Math.max(2, 2 * Math.round(value / 2))
  const scaled = { width: even(across * factor), height: even(down * factor) }
  const size = { width: Math.min(width, scaled.width), height: Math.min(height, scaled.height) }
  const middle = (room: number) => 2 * Math.floor(room / 4)
  const inset = { ...size, left: left + middle(width - size.width), top: top + middle(height - size.height) }
  return { scaled, inset }
}

/** Clockwise quarter turns that make the picture upright. Source: ISO/IEC 14496-12, the matrix of a track header. */
function quarterTurns(stream: Stream): number {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)
  if (!matrix || matrix.length < 8) return 0
  const degrees = (Math.atan2(matrix.readInt32LE(4), matrix.readInt32LE(0)) * 180) / Math.PI
  return ((Math.round(degrees / 90) % 4) + 4) % 4
}

function putInto(whole: Planes, picture: Planes, inset: PixelBox, width: number): Planes {
  for (const [plane, side] of [
    ['y', 1],
    ['u', 2],
    ['v', 2],
  ] as const) {
    const columns = inset.width / side
    for (let row = 0; row < inset.height / side; row++) {
      const from = picture[plane].subarray(row * columns, (row + 1) * columns)
      whole[plane].set(from, (inset.top / side + row) * (width / side) + inset.left / side)
    }
  }
  return whole
}
