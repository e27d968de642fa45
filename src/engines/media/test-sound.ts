// For tests and training: sound as a file of any common kind.
import { extname } from 'node:path'
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  AV_SAMPLE_FMT_S16,
} from 'node-av/constants'
import { Codec, CodecContext, FormatContext, Frame, Packet, Rational } from 'node-av/lib'
import { checked, isDrained } from './ffmpeg.ts'

/** Encoder and sample format of each extension. */
const KINDS = {
  '.mp3': ['libmp3lame', AV_SAMPLE_FMT_FLTP],
  '.m4a': ['aac', AV_SAMPLE_FMT_FLTP],
  '.aac': ['aac', AV_SAMPLE_FMT_FLTP],
  '.ogg': ['libvorbis', AV_SAMPLE_FMT_FLTP],
  '.opus': ['libopus', AV_SAMPLE_FMT_FLT],
  '.webm': ['libopus', AV_SAMPLE_FMT_FLT],
  '.flac': ['flac', AV_SAMPLE_FMT_S16],
  '.wav': ['pcm_s16le', AV_SAMPLE_FMT_S16],
} as const

/** How a sound is written. */
export type SoundFileOptions = {
  /** Hz. */
  readonly rate: number
  /** @default 1 */
  readonly channels?: 1 | 2
  /** Bits a second, where the kind knows any. */
  readonly bitRate?: number
}

/** Writes mono samples (-1 to 1) into a file whose extension says its kind; with two channels the right one is silent. */
export async function writeSoundFile(path: string, samples: Float32Array, options: SoundFileOptions): Promise<void> {
  const { rate, channels = 1, bitRate } = options
  const [name, format] = KINDS[extname(path) as keyof typeof KINDS]
  const codec = Codec.findEncoderByName(name as never)!
  const context = new CodecContext()
  await using output = new FormatContext()
  using frame = new Frame()
  using packet = new Packet()
  frame.alloc()
  packet.alloc()
  try {
    context.allocContext3(codec)
    context.sampleRate = rate
    context.sampleFormat = format
    context.channelLayout = channels === 1 ? AV_CHANNEL_LAYOUT_MONO : AV_CHANNEL_LAYOUT_STEREO
    context.timeBase = new Rational(1, rate)
    if (bitRate !== undefined) context.bitRate = BigInt(bitRate)
    output.allocOutputContext2(null, extname(path) === '.m4a' ? 'mp4' : null, path)
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    checked(await context.open2(codec), `open the encoder of ${path}`)
    const stream = output.newStream(null)
    stream.codecpar.fromContext(context)
    stream.timeBase = new Rational(1, rate)
    checked(await output.openOutput(), `open ${path}`)
    checked(await output.writeHeader(null), `write ${path}`)
    const drain = () => {
      for (;;) {
        const code = context.receivePacketSync(packet)
        if (isDrained(code)) return
        checked(code, `encode ${path}`)
        packet.streamIndex = stream.index
        packet.rescaleTs(context.timeBase, stream.timeBase)
        checked(output.interleavedWriteFrameSync(packet), `write ${path}`)
        packet.unref()
      }
    }
    const step = context.frameSize > 0 ? context.frameSize : 1024
    for (let at = 0; at < samples.length; at += step) {
      const part = samples.subarray(at, at + step)
      frame.format = format
      frame.sampleRate = rate
      frame.channelLayout = context.channelLayout
      frame.nbSamples = part.length
      checked(frame.getBuffer(), 'make room for sound')
      fill(frame, part, channels, format)
      frame.pts = BigInt(at)
      checked(context.sendFrameSync(frame), `encode ${path}`)
      frame.unref()
      drain()
    }
    checked(context.sendFrameSync(null), `encode ${path}`)
    drain()
    checked(await output.writeTrailer(), `finish ${path}`)
  } finally {
    context.freeContext()
  }
}

function fill(frame: Frame, samples: Float32Array, channels: 1 | 2, format: number): void {
  const planes = frame.data!
  if (format === AV_SAMPLE_FMT_FLTP) {
    planes[0]!.set(new Uint8Array(samples.slice().buffer))
    if (channels === 2) planes[1]!.fill(0, 0, samples.byteLength)
    return
  }
  const values = new (format === AV_SAMPLE_FMT_S16 ? Int16Array : Float32Array)(samples.length * channels)
  const scale = format === AV_SAMPLE_FMT_S16 ? 32767 : 1
  for (const [i, sample] of samples.entries()) values[i * channels] = sample * scale
  planes[0]!.set(new Uint8Array(values.buffer))
}
