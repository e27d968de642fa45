// Sound into AAC-LC packets, piece by piece: they wait in a small file until the picture is there to be joined with.
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PKT_DATA_SKIP_SAMPLES,
  AV_PROFILE_AAC_LOW,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
} from 'node-av/constants'
import { Codec, CodecContext, Dictionary, Frame, Packet, Rational } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { SAMPLE_RATE } from '../../core/speech.ts'
import { checked, isDrained } from './ffmpeg.ts'
import type { EncodedSound, SoundPacket } from './sound-file.ts'

/** Bits a second of both channels together: transparent for speech. */
const BIT_RATE = 128_000n

/** Opens the encoder that every sound track comes from. The caller frees it. */
export async function openSoundEncoder(): Promise<CodecContext> {
  const codec = Codec.findEncoderByName(FF_ENCODER_AAC)
  if (!codec) throw new Fault('unavailable', 'This build of FFmpeg has no AAC encoder.')
  const context = new CodecContext()
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
    return context
  } catch (cause) {
    context.freeContext()
    throw cause
  }
}

/**
 * Encodes mono sound at 48 kHz as the same samples left and right, which every player plays. The first packets hold the
 * encoder's priming samples and have negative times.
 * @param pieces the sound in order, in pieces of any length; cut or padded with silence to `sampleCount`.
 */
export async function encodeSound(
  pieces: AsyncIterable<Float32Array> | Iterable<Float32Array>,
  sampleCount: number,
  options: { readonly signal?: AbortSignal } = {},
): Promise<EncodedSound> {
  const context = await openSoundEncoder()
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
    frame.format = AV_SAMPLE_FMT_FLTP
    frame.sampleRate = SAMPLE_RATE
    frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO
    frame.nbSamples = count
    checked(frame.getBuffer(), 'make room for sound')
    const bytes = new Uint8Array(block.buffer, 0, count * 4)
    for (const channel of frame.data!) channel.set(bytes)
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
    return { sampleCount, packets }
  } finally {
    frame.free()
    packet.free()
    context.freeContext()
  }
}
