// Frames in, one segment out: each segment decodes by itself and joins with its neighbours without re-encoding.
import { rename, rm } from 'node:fs/promises'
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVA420P,
  AV_PIX_FMT_YUVA444P10LE,
  AV_PROFILE_H264_HIGH,
  AVCHROMA_LOC_LEFT,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVFMT_FLAG_BITEXACT,
  type FFVideoEncoder,
  SWS_BICUBIC,
} from 'node-av/constants'
import {
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  Packet,
  Rational,
  SoftwareScaleContext,
  type Stream,
} from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { VIDEO_FORMATS, type VideoFormat } from '../../core/output.ts'
import type { Canvas } from '../../core/spec.ts'
import { PICTURE_CODECS, type PictureCodec, type PixelLayout } from './codecs.ts'
import { checked, isDrained } from './ffmpeg.ts'
import { fillFrame, type Planes, type Rows } from './planes.ts'
import { giveFrame, makeWritable, takeFrame } from './spare-frames.ts'
import { KEYFRAME_SECONDS, THREADS } from './version.ts'

/** Ticks a frame in the time scale of our files: whole at any frame rate. */
export const TICKS_PER_FRAME = 512

/** A segment being written. */
export type Encoder = {
  /**
   * Takes the next frame. Resolves when its planes may be used anew; it is encoded while the next is made. What fails there
   * is thrown by the next call or by close. Await it before the next call.
   * @param changed rows outside of these are known to be as in the frame before, and need no copying.
   */
  encode(planes: Planes, changed?: Rows): Promise<void>
  /** Writes what is still in the encoder and gives the file its name. Without a frame this throws. */
  close(): Promise<void>
  /** Gives up: frees everything and leaves no file. Does nothing after close. */
  abort(): Promise<void>
}

const LAYOUTS = {
  yuv420p: AV_PIX_FMT_YUV420P,
  yuva420p: AV_PIX_FMT_YUVA420P,
  yuva444p10: AV_PIX_FMT_YUVA444P10LE,
} as const satisfies Record<PixelLayout, number>

/**
 * Opens a segment file (bt709 limited, constant frame rate, closed groups of pictures): MP4 with H.264 high, WebM with VP9
 * and alpha, or QuickTime with ProRes 4444. The file has its name only once it is whole.
 * @param options.format of the two last, frames need alpha. @default 'mp4'
 * @param options.isMoving the whole picture changes with every frame: less is spent on what is gone with the next. Files of
 * either kind join. @default false
 * @param options.threads other than the default makes other bytes.
 * @param options.quality in place of H.264's own constant rate factor: lower is better.
 * @throws Fault `internal` where the file or the encoder cannot be opened.
 */
export async function openEncoder(options: {
  readonly path: string
  readonly canvas: Canvas
  readonly format?: VideoFormat
  readonly isMoving?: boolean
  readonly threads?: number
  readonly quality?: number
}): Promise<Encoder> {
  const { path, canvas, format = VIDEO_FORMATS[0], isMoving = false, threads = THREADS, quality } = options
  const picture = PICTURE_CODECS[format]
  const partPath = `${path}.part`
  const codec = Codec.findEncoderByName(picture.encoder as FFVideoEncoder)
  if (!codec) throw new Fault('unavailable', `This build of FFmpeg has no ${picture.encoder}.`)
  const context = new CodecContext()
  const output = new FormatContext()
  const held = takeFrame(canvas, picture.hasAlpha)
  const converter = picture.layout === 'yuva444p10' ? openConverter(canvas) : null
  const packet = new Packet()
  let nextFrame = 0
  let state: 'open' | 'closed' = 'open'
  let stream: Stream
  /** The last frame on its way through the codec. */
  let sending: Promise<void> = Promise.resolve()

  const free = async () => {
    state = 'closed'
    packet.free()
    context.freeContext()
    converter?.close()
    giveFrame(held)
    await output[Symbol.asyncDispose]()
  }

  try {
    setUp(context, codec, canvas, picture, threads)
    using settings = Dictionary.fromObject({
      ...picture.settings(canvas, isMoving),
      ...(quality === undefined ? {} : { crf: quality }),
    })
    checked(await context.open2(codec, settings), `open the encoder ${picture.encoder}`)
    output.allocOutputContext2(null, picture.container, partPath)
    output.setFlags(AVFMT_FLAG_BITEXACT)
    stream = output.newStream(null)
    stream.codecpar.fromContext(context)
    stream.timeBase = new Rational(1, canvas.fps * TICKS_PER_FRAME)
    stream.avgFrameRate = new Rational(canvas.fps, 1)
    checked(await output.openOutput(), `open ${partPath} for writing`)
    using muxing = Dictionary.fromObject(
      picture.container === 'webm' ? {} : { video_track_timescale: canvas.fps * TICKS_PER_FRAME },
    )
    checked(await output.writeHeader(muxing), `write to ${partPath}`)
    packet.alloc()
  } catch (cause) {
    await free()
    throw cause
  }

  const drain = async () => {
    for (;;) {
      const code = context.receivePacketSync(packet)
      if (isDrained(code)) return
      checked(code, 'encode a frame')
      packet.streamIndex = stream.index
      packet.duration = 1n
      packet.rescaleTs(context.timeBase, stream.timeBase)
      checked(await output.interleavedWriteFrame(packet), `write to ${partPath}`)
      packet.unref()
    }
  }
  const take = (planes: Planes, changed: Rows | undefined) => {
    if (state === 'closed') throw new Fault('internal', `The encoder of ${path} is closed.`)
    makeWritable(held)
    fillFrame(held.buffers, planes, nextFrame === 0 ? undefined : changed)
    if (picture.hasAlpha && !planes.a) throw new Fault('internal', `A frame for ${path} has no alpha.`)
    nextFrame++
  }
  const send = async (index: number) => {
    const frame = converter ? await converter.convert(held.frame) : held.frame
    frame.pts = BigInt(index)
    checked(await context.sendFrame(frame), `encode frame ${index}`)
    await drain()
  }

  return {
    async encode(planes, changed) {
      await sending
      const index = nextFrame
      take(planes, changed)
      sending = send(index)
      sending.catch(() => {})
    },
    async close() {
      if (state === 'closed') throw new Fault('internal', `The encoder of ${path} is closed.`)
      try {
        await sending
        if (nextFrame === 0) throw new Fault('internal', `No frame was encoded into ${path}.`)
        checked(await context.sendFrame(null), 'end the encoding')
        await drain()
        checked(await output.writeTrailer(), `finish ${partPath}`)
      } catch (cause) {
        await free()
        await rm(partPath, { force: true })
        throw cause
      }
      await free()
      await rename(partPath, path)
    },
    async abort() {
      await sending.catch(() => {})
      if (state === 'closed') return
      await free()
      await rm(partPath, { force: true })
    },
  }
}

/** Into the layout of ProRes 4444. */
function openConverter({ width, height }: Canvas): { convert(from: Frame): Promise<Frame>; close(): void } {
  const scaler = new SoftwareScaleContext()
  scaler.getContext(width, height, AV_PIX_FMT_YUVA420P, width, height, AV_PIX_FMT_YUVA444P10LE, SWS_BICUBIC)
  const target = new Frame()
  target.alloc()
  return {
    async convert(from) {
      target.unref()
      target.format = AV_PIX_FMT_YUVA444P10LE
      target.width = width
      target.height = height
      checked(target.getBuffer(), 'make room for a frame')
      checked(await scaler.scaleFrame(target, from), 'convert a frame')
      return target
    },
    close() {
      target.free()
      scaler.freeContext()
    },
  }
}

function setUp(context: CodecContext, codec: Codec, canvas: Canvas, picture: PictureCodec, threads: number): void {
  context.allocContext3(codec)
  context.width = canvas.width
  context.height = canvas.height
  context.pixelFormat = LAYOUTS[picture.layout]
  context.timeBase = new Rational(1, canvas.fps)
  context.framerate = new Rational(canvas.fps, 1)
  context.sampleAspectRatio = new Rational(1, 1)
  context.threadCount = threads
  context.colorPrimaries = AVCOL_PRI_BT709
  context.colorTrc = AVCOL_TRC_BT709
  context.colorSpace = AVCOL_SPC_BT709
  context.colorRange = AVCOL_RANGE_MPEG
  if (picture.container === 'mp4') {
    context.gopSize = canvas.fps * KEYFRAME_SECONDS
    context.profile = AV_PROFILE_H264_HIGH
    context.chromaLocation = AVCHROMA_LOC_LEFT
  }
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_CLOSED_GOP, AV_CODEC_FLAG_BITEXACT)
}
