// Encoded sound as a track of a file, aligned to the sample.
import { AV_PKT_DATA_SKIP_SAMPLES } from 'node-av/constants'
import { type FormatContext, Packet, Rational } from 'node-av/lib'
import { SAMPLE_RATE } from '../../core/speech.ts'
import { openSoundEncoder } from './encode-sound.ts'
import { checked } from './ffmpeg.ts'
import type { EncodedSound } from './sound-file.ts'

/** A track that is written as the file grows. */
export type SoundTrack = {
  /** Writes the sound before a time, in seconds. */
  writeUpTo(seconds: number): void
  /** Writes the rest. */
  finish(): void
  [Symbol.dispose](): void
}

/**
 * Adds a sound track to a file that has no header yet. The negative times of the priming samples become an edit list, so
 * that sample 0 is heard with frame 0.
 */
export async function openSoundTrack(output: FormatContext, { codec, packets }: EncodedSound): Promise<SoundTrack> {
  const context = await openSoundEncoder(codec)
  const stream = output.newStream(null)
  stream.codecpar.fromContext(context)
  context.freeContext()
  const timeBase = new Rational(1, SAMPLE_RATE)
  stream.timeBase = timeBase
  const packet = new Packet()
  packet.alloc()
  let next = 0
  const writeBefore = (samples: number) => {
    for (let sound = packets[next]; sound && sound.pts < samples; sound = packets[++next]) {
      packet.data = Buffer.from(sound.data)
      packet.pts = BigInt(sound.pts)
      packet.dts = BigInt(sound.pts)
      packet.duration = BigInt(sound.duration)
      packet.isKeyframe = true
      if (sound.skip !== null) packet.addSideData(AV_PKT_DATA_SKIP_SAMPLES, Buffer.from(sound.skip, 'base64'))
      packet.streamIndex = stream.index
      packet.rescaleTs(timeBase, stream.timeBase)
      checked(output.interleavedWriteFrameSync(packet), 'write the sound')
      packet.unref()
    }
  }
  return {
    writeUpTo: (seconds) => writeBefore(seconds * SAMPLE_RATE),
    finish: () => writeBefore(Number.POSITIVE_INFINITY),
    [Symbol.dispose]: () => packet.free(),
  }
}
