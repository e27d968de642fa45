// Frames in, one H.264 segment out: each segment decodes by itself and joins with its neighbours without re-encoding.
import { rename, rm } from 'node:fs/promises'
import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_CLOSED_GOP,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_YUV420P,
  AV_PROFILE_H264_HIGH,
  AVCHROMA_LOC_LEFT,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVFMT_FLAG_BITEXACT,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import { Codec, CodecContext, Dictionary, FormatContext, Packet, Rational, type Stream } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import type { Canvas } from '../../core/spec.ts'
import { checked, isDrained } from './ffmpeg.ts'
import { fillFrame, type Planes, type Rows } from './planes.ts'
import { giveFrame, makeWritable, takeFrame } from './spare-frames.ts'
import { KEYFRAME_SECONDS, PRESET, QUALITY, RATE_CONTROL, THREADS } from './version.ts'

/** Ticks a frame in the time scale of our files: whole at any frame rate. */
export const TICKS_PER_FRAME = 512

/** A segment being written. */
export type Encoder = {
  /**
   * Takes the next frame. Resolves when its planes may be used anew, which is when x264 has room for it: await it before
   * the next call to keep the memory flat.
   * @param changed rows outside of these are known to be as in the frame before, and need no copying.
   */
  encode(planes: Planes, changed?: Rows): Promise<void>
  /** Writes what is still in the encoder and gives the file its name. Without a frame this throws. */
  close(): Promise<void>
  /** Gives up: frees everything and leaves no file. Does nothing after close. */
  abort(): Promise<void>
}

/**
 * Opens a segment file (MP4, H.264 high, yuv420p, bt709 limited, constant frame rate, closed groups of pictures). The file
 * has its name only once it is whole.
 * @param options.threads other than the default makes other bytes.
 * @throws Fault `internal` where the file or the encoder cannot be opened.
 */
export async function openEncoder(options: {
  readonly path: string
  readonly canvas: Canvas
  readonly threads?: number
}): Promise<Encoder> {
  const { path, canvas, threads = THREADS } = options
  const partPath = `${path}.part`
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBX264)
  if (!codec) throw new Fault('unavailable', 'This build of FFmpeg has no libx264.')
  const context = new CodecContext()
  const output = new FormatContext()
  const held = takeFrame(canvas)
  const packet = new Packet()
  let nextFrame = 0
  let state: 'open' | 'closed' = 'open'
  let stream: Stream
  let queue: Promise<void> = Promise.resolve()

  const free = async () => {
    state = 'closed'
    packet.free()
    context.freeContext()
    giveFrame(held)
    await output[Symbol.asyncDispose]()
  }

  try {
    setUp(context, codec, canvas, threads)
    using settings = Dictionary.fromObject({
      preset: PRESET,
      crf: QUALITY,
      profile: 'high',
      'x264-params': RATE_CONTROL,
    })
    checked(await context.open2(codec, settings), 'open the H.264 encoder')
    output.allocOutputContext2(null, 'mp4', partPath)
    output.setFlags(AVFMT_FLAG_BITEXACT)
    stream = output.newStream(null)
    stream.codecpar.fromContext(context)
    stream.timeBase = new Rational(1, canvas.fps * TICKS_PER_FRAME)
    stream.avgFrameRate = new Rational(canvas.fps, 1)
    checked(await output.openOutput(), `open ${partPath} for writing`)
    using muxing = Dictionary.fromObject({ video_track_timescale: canvas.fps * TICKS_PER_FRAME })
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
  const take = async (planes: Planes, changed: Rows | undefined) => {
    if (state === 'closed') throw new Fault('internal', `The encoder of ${path} is closed.`)
    makeWritable(held)
    fillFrame(held.buffers, planes, nextFrame === 0 ? undefined : changed)
    const { frame } = held
    frame.pts = BigInt(nextFrame++)
    checked(await context.sendFrame(frame), `encode frame ${nextFrame - 1}`)
    await drain()
  }

  return {
    encode(planes, changed) {
      const taken = queue.then(() => take(planes, changed))
      queue = taken.catch(() => {})
      return taken
    },
    async close() {
      await queue
      if (state === 'closed') throw new Fault('internal', `The encoder of ${path} is closed.`)
      try {
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
      await queue
      if (state === 'closed') return
      await free()
      await rm(partPath, { force: true })
    },
  }
}

function setUp(context: CodecContext, codec: Codec, canvas: Canvas, threads: number): void {
  context.allocContext3(codec)
  context.width = canvas.width
  context.height = canvas.height
  context.pixelFormat = AV_PIX_FMT_YUV420P
  context.timeBase = new Rational(1, canvas.fps)
  context.framerate = new Rational(canvas.fps, 1)
  context.sampleAspectRatio = new Rational(1, 1)
  context.gopSize = canvas.fps * KEYFRAME_SECONDS
  context.threadCount = threads
  context.profile = AV_PROFILE_H264_HIGH
  context.colorPrimaries = AVCOL_PRI_BT709
  context.colorTrc = AVCOL_TRC_BT709
  context.colorSpace = AVCOL_SPC_BT709
  context.colorRange = AVCOL_RANGE_MPEG
  context.chromaLocation = AVCHROMA_LOC_LEFT
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_CLOSED_GOP, AV_CODEC_FLAG_BITEXACT)
}
