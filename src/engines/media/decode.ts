// Finished videos back into pictures and sound.
import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_NOPTS_VALUE,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVA420P,
  AV_SAMPLE_FMT_FLTP,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  SWS_BICUBIC,
} from 'node-av/constants'
import {
  avGetPixFmtName,
  type ChannelLayout,
  type CodecContext,
  type FormatContext,
  Frame,
  Packet,
  SoftwareResampleContext,
  SoftwareScaleContext,
  type Stream,
} from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { SAMPLE_RATE } from '../../core/speech.ts'
import { checked, isDrained, openDecoder, openMedia, streamOf, ticksToSeconds } from './ffmpeg.ts'
import { type Picture, readFrame } from './planes.ts'

/** A decoded picture with its place in the video. */
export type DecodedFrame = Picture & {
  /** Counted from 0 in the order of showing. */
  readonly index: number
  /** When it is shown, from the start of the file. */
  readonly seconds: number
}

/**
 * Decodes the frames of a video in the order of showing, as yuv420p, or yuva420p where they have alpha.
 * @param options.from first frame number. @default 0
 * @param options.to the frame number to stop before. @default the end
 * @param options.every 2 gives every other frame. @default 1
 * @throws Fault `not-found` or `invalid` where the file is no video.
 */
export async function* decodeFrames(
  path: string,
  options: { readonly from?: number; readonly to?: number; readonly every?: number } = {},
): AsyncGenerator<DecodedFrame, void, undefined> {
  const { from = 0, to = Number.POSITIVE_INFINITY, every = 1 } = options
  await using input = await openMedia(path)
  const stream = streamOf(input, AVMEDIA_TYPE_VIDEO)
  if (!stream) throw new Fault('invalid', `${path} holds no picture.`)
  using decoder = await openDecoder(stream, path)
  let index = 0
  for await (const frame of framesOf(input, stream, decoder, path)) {
    if (index >= to) return
    if (index >= from && (index - from) % every === 0) {
      const seconds = ticksToSeconds(frame.bestEffortTimestamp, stream.timeBase)
      const isPlain = frame.format === AV_PIX_FMT_YUV420P || frame.format === AV_PIX_FMT_YUVA420P
      const picture = isPlain ? readFrame(frame) : await converted(frame)
      yield { index, seconds, ...picture }
    }
    index++
  }
}

/**
 * Decodes the sound of a file as mono at 48 kHz (the mean of its channels), sample 0 at the start of the file.
 * @returns an empty array where the file has no sound.
 */
export async function decodeSound(path: string): Promise<Float32Array> {
  await using input = await openMedia(path)
  const stream = streamOf(input, AVMEDIA_TYPE_AUDIO)
  return stream ? await soundOf(input, stream, path) : new Float32Array(0)
}

/**
 * Decodes a stream of sound as mono at 48 kHz, sample 0 at the start of the file.
 * @param name what the file is called in errors. @param maxSeconds sound beyond that is not decoded.
 */
export async function soundOf(
  input: FormatContext,
  stream: Stream,
  name: string,
  maxSeconds = Number.POSITIVE_INFINITY,
): Promise<Float32Array> {
  using decoder = await openDecoder(stream, name)
  using resampler = new SoftwareResampleContext()
  using output = new Frame()
  output.alloc()
  const blocks: Float32Array[] = []
  let count = 0
  let layout: ChannelLayout | null = null
  let format = AV_SAMPLE_FMT_FLTP
  let rate = 0
  const collect = (source: Frame | null) => {
    output.unref()
    output.format = AV_SAMPLE_FMT_FLTP
    output.sampleRate = SAMPLE_RATE
    output.channelLayout = layout!
    checked(resampler.convertFrame(output, source), `convert the sound of ${name}`)
    if (output.nbSamples === 0) return
    blocks.push(meanOfChannels(output))
    count += output.nbSamples
  }
  let lead = 0
  for await (const frame of soundFramesOf(input, stream, decoder, name)) {
    if (layout === null) {
      // What the decoder gives, which is not always what the file announces.
      layout = knownLayout(frame.channelLayout)
      format = frame.format as typeof AV_SAMPLE_FMT_FLTP
      rate = frame.sampleRate
      resampler.allocSetOpts2(layout, AV_SAMPLE_FMT_FLTP, SAMPLE_RATE, layout, format, rate)
      checked(resampler.init(), `convert the sound of ${name}`)
      if (frame.pts !== AV_NOPTS_VALUE) {
        const start = input.startTime === AV_NOPTS_VALUE ? 0 : Number(input.startTime) / 1e6
        lead = Math.max(0, Math.round((ticksToSeconds(frame.pts, stream.timeBase) - start) * SAMPLE_RATE))
      }
    }
    if (frame.channelLayout.nbChannels !== layout.nbChannels || frame.format !== format || frame.sampleRate !== rate) {
      throw new Fault('invalid', `The sound of ${name} changes its rate or its channels midway.`)
    }
    frame.channelLayout = layout
    collect(frame)
    if (lead + count > maxSeconds * SAMPLE_RATE) break
  }
  if (layout !== null) collect(null)
  const samples = new Float32Array(lead + count)
  let at = lead
  for (const block of blocks) {
    samples.set(block, at)
    at += block.length
  }
  return samples
}

/** Every frame of a stream; each is valid until the next is asked for. */
export async function* framesOf(
  input: FormatContext,
  stream: Stream,
  decoder: CodecContext,
  path: string,
): AsyncGenerator<Frame, void, undefined> {
  using packet = new Packet()
  packet.alloc()
  using frame = new Frame()
  frame.alloc()
  for (let ended = false; !ended; ) {
    ended = (await input.readFrame(packet)) < 0
    if (!ended && packet.streamIndex !== stream.index) {
      packet.unref()
      continue
    }
    checked(await decoder.sendPacket(ended ? null : packet), `decode ${path}`)
    if (!ended) packet.unref()
    for (;;) {
      const code = await decoder.receiveFrame(frame)
      if (isDrained(code)) break
      checked(code, `decode ${path}`)
      yield frame
      frame.unref()
    }
  }
}

/** Packets of sound that are decoded before others have their turn. */
const PACKETS_AT_ONCE = 200

/** As {@link framesOf}, on this thread: a packet of sound is decoded sooner than handed to another. */
async function* soundFramesOf(
  input: FormatContext,
  stream: Stream,
  decoder: CodecContext,
  name: string,
): AsyncGenerator<Frame, void, undefined> {
  using packet = new Packet()
  packet.alloc()
  using frame = new Frame()
  frame.alloc()
  for (let count = 1, ended = false; !ended; count++) {
    ended = input.readFrameSync(packet) < 0
    if (!ended && packet.streamIndex !== stream.index) {
      packet.unref()
      continue
    }
    checked(decoder.sendPacketSync(ended ? null : packet), `decode ${name}`)
    if (!ended) packet.unref()
    for (;;) {
      const code = decoder.receiveFrameSync(frame)
      if (isDrained(code)) break
      checked(code, `decode ${name}`)
      yield frame
      frame.unref()
    }
    if (count % PACKETS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}

/** WAV files often name no layout, only a number of channels: front centre alone, left and right, and so on. */
function knownLayout({ nbChannels, order, mask }: ChannelLayout): ChannelLayout {
  const native = AV_CHANNEL_ORDER_NATIVE
  return order === native
    ? { nbChannels, order, mask }
    : { nbChannels, order: native, mask: nbChannels === 1 ? 4n : (1n << BigInt(nbChannels)) - 1n }
}

async function converted(frame: Frame): Promise<Picture> {
  const name = avGetPixFmtName(frame.format as Parameters<typeof avGetPixFmtName>[0]) ?? ''
  const layout = name.startsWith('yuva') ? AV_PIX_FMT_YUVA420P : AV_PIX_FMT_YUV420P
  using scaler = new SoftwareScaleContext()
  const { width, height } = frame
  scaler.getContext(width, height, frame.format as typeof AV_PIX_FMT_YUV420P, width, height, layout, SWS_BICUBIC)
  using target = new Frame()
  target.alloc()
  target.format = layout
  target.width = width
  target.height = height
  checked(target.getBuffer(), 'make room for a frame')
  checked(await scaler.scaleFrame(target, frame), 'convert a frame')
  return readFrame(target)
}

function meanOfChannels(frame: Frame): Float32Array {
  const mean = new Float32Array(frame.nbSamples)
  const channels = frame.extendedData ?? []
  for (const channel of channels) {
    const samples = new Float32Array(mean.length)
    new Uint8Array(samples.buffer).set(channel.subarray(0, samples.byteLength))
    for (let i = 0; i < mean.length; i++) mean[i]! += samples[i]! / channels.length
  }
  return mean
}
