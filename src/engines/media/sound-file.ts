// Encoded sound as one file: a JSON header and the packets behind it.
import { Fault } from '../../core/errors.ts'
import type { SoundCodec } from './codecs.ts'

/** One packet; times in samples at 48 kHz. */
export type SoundPacket = {
  readonly pts: number
  readonly duration: number
  readonly data: Uint8Array
  /** FFmpeg's note of samples to leave out at an end, in base64. */
  readonly skip: string | null
}

/** A whole sound, encoded. */
export type EncodedSound = {
  readonly codec: SoundCodec
  /** How many samples are heard, without the encoder's own padding. */
  readonly sampleCount: number
  readonly packets: readonly SoundPacket[]
}

const MAGIC = 'RSTSOUND2\n'

/** Encoded sound as bytes: a line that says what it is, a line of JSON, the packets' bytes. */
export function packSound({ codec, sampleCount, packets }: EncodedSound): Uint8Array {
  const table = packets.map(({ pts, duration, data, skip }) => [pts, duration, data.length, skip])
  const head = Buffer.from(`${MAGIC}${JSON.stringify({ codec, sampleCount, packets: table })}\n`)
  return Buffer.concat([head, ...packets.map(({ data }) => data)])
}

/**
 * The encoded sound in a file's bytes; the packets are views into them.
 * @throws Fault `internal` where they are no sound file of this version, or cut short.
 */
export function unpackSound(bytes: Uint8Array): EncodedSound {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headEnd = whole.indexOf('\n', MAGIC.length)
  if (whole.toString('latin1', 0, MAGIC.length) !== MAGIC || headEnd < 0) {
    throw new Fault('internal', 'This is not a sound file of this version.')
  }
  const head = JSON.parse(whole.toString('utf8', MAGIC.length, headEnd)) as {
    codec: SoundCodec
    sampleCount: number
    packets: [pts: number, duration: number, length: number, skip: string | null][]
  }
  let at = headEnd + 1
  const packets = head.packets.map(([pts, duration, length, skip]) => {
    at += length
    return { pts, duration, data: whole.subarray(at - length, at), skip }
  })
  if (at !== whole.length) throw new Fault('internal', 'The sound file is cut short.')
  return { codec: head.codec, sampleCount: head.sampleCount, packets }
}
