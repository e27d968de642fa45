// Sound into AAC-LC or Opus packets, piece by piece: they wait in a small file until the picture is there to be joined with.
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PKT_DATA_SKIP_SAMPLES,
  AV_PROFILE_AAC_LOW,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBOPUS,
} from 'node-av/constants'
import { Codec, CodecContext, Dictionary, Frame, Packet, Rational } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { SAMPLE_RATE } from '../../core/speech.ts'
import { SOUND_CODECS, type SoundCodec } from './codecs.ts'
import { checked, isDrained } from './ffmpeg.ts'
import type { EncodedSound, SoundPacket } from './sound-file.ts'

/** Bits a second of both channels together: transparent for speech. */
const BIT_RATE = 128_000n

/** Opens the encoder that every sound track of a codec comes from. The caller frees it. */
export async function openSoundEncoder(soundCodec: SoundCodec): Promise<CodecContext> {
  const codec = Codec.findEncoderByName(soundCodec === 'aac' ? FF_ENCODER_AAC : FF_ENCODER_LIBOPUS)
  if (!codec) throw new Fault('unavailable', `This build of FFmpeg has no encoder for ${soundCodec}.`)
  const context = new CodecContext()
  try {
    context.allocContext3(codec)
    context.sampleRate = SAMPLE_RATE
    context.sampleFormat = soundCodec === 'aac' ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT
    context.channelLayout = AV_CHANNEL_LAYOUT_STEREO
    context.bitRate = BIT_RATE
    if (soundCodec === 'aac') context.profile = AV_PROFILE_AAC_LOW
    context.timeBase = new Rational(1, SAMPLE_RATE)
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_BITEXACT)
    // AAC's default coder searches twice and takes three times as long for what nobody hears at this rate.
    using settings = Dictionary.fromObject(soundCodec === 'aac' ? { aac_coder: 'fast' } : { application: 'audio' })
    checked(await context.open2(codec, settings), `open the encoder for ${soundCodec}`)
    return context
  } catch (cause) {
    context.freeContext()
    throw cause
  }
}

/**
 * Encodes mono sound at 48 kHz as the same samples left and right, which every player plays. The first packets hold the
 * encoder's priming samples and have negative times.
 * @param options.codec @default 'aac'
 * @param pieces the sound in order, in pieces of any length; cut or padded with silence to `sampleCount`.
 */
export async function encodeSound(
  pieces: AsyncIterable<Float32Array> | Iterable<Float32Array>,
  sampleCount: number,
  options: { readonly signal?: AbortSignal; readonly codec?: SoundCodec } = {},
): Promise<EncodedSound> {
  const { codec = SOUND_CODECS[0] } = options
  const context = await openSoundEncoder(codec)
  const frame = new Frame()
  const packet = new Packet()
  const packets: SoundPacket[] = []
  const drain = () => {
    for (;;) {
      const code = context.receivePacketSync(packet)
      if (isDrained(code)) return
      checked(code, 'encode the sound')
      packets.push({
        pts: Number(packet.pts),
        duration: Number(packet.duration),
        data: Uint8Array.from(packet.data ?? []),
        skip: packet.getSideData(AV_PKT_DATA_SKIP_SAMPLES)?.toString('base64') ?? null,
      })
      packet.unref()
    }
  }
  const block = new Float32Array(context.frameSize)
  let [position, filled] = [0, 0]
  const encodeBlock = () => {
    const count = Math.min(block.length, sampleCount - position)
    // What is longer than wanted is left out.
    if (count <= 0) {
      filled = 0
      return
    }
    block.fill(0, filled)
    frame.format = codec === 'aac' ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT
    frame.sampleRate = SAMPLE_RATE
    frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO
    frame.nbSamples = count
    checked(frame.getBuffer(), 'make room for sound')
    const samples = codec === 'aac' ? block.subarray(0, count) : inPairs(block.subarray(0, count))
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
    for (const plane of frame.data!) plane.set(bytes)
    frame.pts = BigInt(position)
    checked(context.sendFrameSync(frame), 'encode the sound')
    frame.unref()
    position += count
    filled = 0
    drain()
  }
  try {
    frame.alloc()
    packet.alloc()
    for await (const piece of pieces) {
      options.signal?.throwIfAborted()
      for (let done = 0; done < piece.length; ) {
        const part = piece.subarray(done, done + block.length - filled)
        block.set(part, filled)
        filled += part.length
        done += part.length
        if (filled === block.length) encodeBlock()
      }
    }
    while (position < sampleCount) encodeBlock()
    checked(context.sendFrameSync(null), 'end the sound')
    drain()
    return { codec, sampleCount, packets }
  } finally {
    frame.free()
    packet.free()
    context.freeContext()
  }
}

/** Each sample twice: left and right. */
function inPairs(samples: Float32Array): Float32Array {
  const pairs = new Float32Array(samples.length * 2)
  for (const [index, sample] of samples.entries()) pairs.fill(sample, index * 2, index * 2 + 2)
  return pairs
}
