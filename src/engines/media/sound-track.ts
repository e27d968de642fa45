// Sound as an AAC-LC track of an MP4, aligned to the sample.
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PROFILE_AAC_LOW,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
} from 'node-av/constants'
import { Codec, CodecContext, Dictionary, type FormatContext, Frame, Packet, Rational, type Stream } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { SAMPLE_RATE } from '../../core/speech.ts'
import { checked, isDrained } from './ffmpeg.ts'

/** Bits a second of both channels together: transparent for speech. */
const BIT_RATE = 128_000n

/** A track that is encoded as the file grows. */
export type SoundTrack = {
  /** Encodes and writes the sound before a time, in seconds. */
  writeUpTo(seconds: number): Promise<void>
  /** Writes the rest. */
  finish(): Promise<void>
  [Symbol.dispose](): void
}

/**
 * Adds a sound track to a file that has no header yet: the same samples left and right, which every player plays. The
 * encoder's priming samples get negative times, which the MP4 writer turns into an edit list, so that sample 0 is heard
 * with frame 0.
 * @param sound mono, 48 kHz; cut or padded with silence to `sampleCount`.
 */
export async function openSoundTrack(
  output: FormatContext,
  sound: Float32Array,
  sampleCount: number,
): Promise<SoundTrack> {
  const codec = Codec.findEncoderByName(FF_ENCODER_AAC)
  if (!codec) throw new Fault('unavailable', 'This build of FFmpeg has no AAC encoder.')
  const context = new CodecContext()
  const frame = new Frame()
  const packet = new Packet()
  const dispose = () => {
    frame.free()
    packet.free()
    context.freeContext()
  }
  let stream: Stream
  try {
    context.allocContext3(codec)
    context.sampleRate = SAMPLE_RATE
    context.sampleFormat = AV_SAMPLE_FMT_FLTP
    context.channelLayout = AV_CHANNEL_LAYOUT_STEREO
    context.bitRate = BIT_RATE
    context.profile = AV_PROFILE_AAC_LOW
    context.timeBase = new Rational(1, SAMPLE_RATE)
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT)
    // The default coder searches twice and takes three times as long for what nobody hears at this rate.
    using settings = Dictionary.fromObject({ aac_coder: 'fast' })
    checked(await context.open2(codec, settings), 'open the AAC encoder')
    stream = output.newStream(null)
    stream.codecpar.fromContext(context)
    stream.timeBase = new Rational(1, SAMPLE_RATE)
    frame.alloc()
    packet.alloc()
  } catch (cause) {
    dispose()
    throw cause
  }

  let position = 0
  const drain = async () => {
    for (;;) {
      const code = context.receivePacketSync(packet)
      if (isDrained(code)) return
      checked(code, 'encode the sound')
      packet.streamIndex = stream.index
      packet.rescaleTs(context.timeBase, stream.timeBase)
      checked(output.interleavedWriteFrameSync(packet), 'write the sound')
      packet.unref()
    }
  }
  const encodeBlock = async () => {
    const count = Math.min(context.frameSize, sampleCount - position)
    frame.format = AV_SAMPLE_FMT_FLTP
    frame.sampleRate = SAMPLE_RATE
    frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO
    frame.nbSamples = count
    checked(frame.getBuffer(), 'make room for sound')
    const block = new Float32Array(count)
    block.set(sound.subarray(position, Math.min(position + count, sound.length)))
    const bytes = new Uint8Array(block.buffer)
    for (const channel of frame.data!) channel.set(bytes)
    frame.pts = BigInt(position)
    checked(context.sendFrameSync(frame), 'encode the sound')
    frame.unref()
    position += count
    await drain()
  }

  return {
    async writeUpTo(seconds) {
      while (position < sampleCount && position < seconds * SAMPLE_RATE) await encodeBlock()
    },
    async finish() {
      while (position < sampleCount) await encodeBlock()
      checked(context.sendFrameSync(null), 'end the sound')
      await drain()
    },
    [Symbol.dispose]: dispose,
  }
}
