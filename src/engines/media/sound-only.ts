// Sound alone: encoded or plain, in a file of its own.
import { open } from 'node:fs/promises'
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_SAMPLE_FMT_FLTP,
  AVFMT_FLAG_BITEXACT,
  FF_ENCODER_LIBMP3LAME,
} from 'node-av/constants'
import { Codec, CodecContext, Dictionary, FormatContext, Frame, Packet, Rational } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { SAMPLE_RATE } from '../../core/speech.ts'
import { checked, isDrained } from './ffmpeg.ts'
import type { EncodedSound } from './sound-file.ts'
import { openSoundTrack } from './sound-track.ts'

/** Writes encoded sound as an .m4a. @throws Fault `internal` where it cannot be written. */
export async function writeM4a(sound: EncodedSound, path: string): Promise<void> {
  await using output = new FormatContext()
  output.allocOutputContext2(null, 'ipod', path)
  output.setFlags(AVFMT_FLAG_BITEXACT)
  using track = await openSoundTrack(output, sound)
  checked(await output.openOutput(), `open ${path} for writing`)
  using muxing = Dictionary.fromObject({ movflags: '+faststart' })
  checked(await output.writeHeader(muxing), `write to ${path}`)
  track.finish()
  checked(await output.writeTrailer(), `finish ${path}`)
}

/** Bits a second of an MP3 of speech, both channels together. */
const MP3_BIT_RATE = 128_000n

/** Writes mono sound at 48 kHz as an .mp3 with the same left and right. @throws Fault `internal`, `unavailable`. */
export async function writeMp3(pieces: AsyncIterable<Float32Array>, path: string): Promise<void> {
  const codec = Codec.findEncoderByName(FF_ENCODER_LIBMP3LAME)
  if (!codec) throw new Fault('unavailable', 'This build of FFmpeg has no MP3 encoder.')
  using context = new CodecContext()
  context.allocContext3(codec)
  context.sampleRate = SAMPLE_RATE
  context.sampleFormat = AV_SAMPLE_FMT_FLTP
  context.channelLayout = AV_CHANNEL_LAYOUT_STEREO
  context.bitRate = MP3_BIT_RATE
  context.timeBase = new Rational(1, SAMPLE_RATE)
  checked(await context.open2(codec), 'open the MP3 encoder')
  await using output = new FormatContext()
  output.allocOutputContext2(null, 'mp3', path)
  output.setFlags(AVFMT_FLAG_BITEXACT)
  const stream = output.newStream(null)
  stream.codecpar.fromContext(context)
  stream.timeBase = context.timeBase
  checked(await output.openOutput(), `open ${path} for writing`)
  checked(await output.writeHeader(), `write to ${path}`)
  using frame = new Frame()
  frame.alloc()
  using packet = new Packet()
  packet.alloc()
  let position = 0
  const send = async (block: Float32Array | null) => {
    if (block) {
      frame.format = AV_SAMPLE_FMT_FLTP
      frame.sampleRate = SAMPLE_RATE
      frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO
      frame.nbSamples = block.length
      checked(frame.getBuffer(), 'make room for sound')
      for (const channel of frame.data!) channel.set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength))
      frame.pts = BigInt(position)
      position += block.length
    }
    checked(context.sendFrameSync(block ? frame : null), 'encode the sound')
    frame.unref()
    for (;;) {
      const code = context.receivePacketSync(packet)
      if (isDrained(code)) return
      checked(code, 'encode the sound')
      packet.streamIndex = stream.index
      packet.rescaleTs(context.timeBase, stream.timeBase)
      checked(await output.interleavedWriteFrame(packet), `write to ${path}`)
      packet.unref()
    }
  }
  for await (const block of blocksOf(pieces, context.frameSize)) await send(block)
  await send(null)
  checked(await output.writeTrailer(), `finish ${path}`)
}

/** Writes mono sound at 48 kHz as a .wav of 16 bits. @param sampleCount of all pieces together. */
export async function writeWav(
  pieces: AsyncIterable<Float32Array> | Iterable<Float32Array>,
  sampleCount: number,
  path: string,
): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(wavHeader(sampleCount))
    for await (const piece of pieces) {
      await file.writeFile(Int16Array.from(piece, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767)))
    }
  } finally {
    await file.close()
  }
}

/** Source: the RIFF WAVE format, PCM. */
function wavHeader(sampleCount: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + sampleCount * 2, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(SAMPLE_RATE, 24)
  head.writeUInt32LE(SAMPLE_RATE * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(sampleCount * 2, 40)
  return head
}

/** The same sound in blocks of one length; the last is as short as it comes. */
async function* blocksOf(pieces: AsyncIterable<Float32Array>, length: number): AsyncGenerator<Float32Array> {
  let block = new Float32Array(length)
  let filled = 0
  for await (const piece of pieces) {
    for (let done = 0; done < piece.length; ) {
      const part = piece.subarray(done, done + length - filled)
      block.set(part, filled)
      filled += part.length
      done += part.length
      if (filled < length) continue
      yield block
      block = new Float32Array(length)
      filled = 0
    }
  }
  if (filled > 0) yield block.slice(0, filled)
}
