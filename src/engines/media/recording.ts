// Recordings that others send: decoded within bounds, and nothing but the one file is ever opened.
import { AVMEDIA_TYPE_AUDIO } from 'node-av/constants'
import { Dictionary } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { SAMPLE_RATE } from '../../core/speech.ts'
import { soundOf } from './decode.ts'
import { openMedia, streamOf } from './ffmpeg.ts'

/**
 * What a recording may be, as FFmpeg calls it. Lists and scripts that name other files (HLS, DASH, concat) are not among
 * it, and no protocol but that of files is there for what a container might name.
 */
const FORMATS = 'mp3,wav,w64,aiff,mov,matroska,ogg,flac,aac,caf,amr,asf,avi'
/** Quieter than this at its loudest, -60 dB of full scale, nothing is heard in a recording. */
const QUIETEST = 0.001
/** The shortest recording, in seconds. */
const SHORTEST = 0.1

/**
 * Decodes a recording as mono at 48 kHz, sample 0 at its start.
 * @param name what it is called in errors: the field that named it. @param maxSeconds how long it may be.
 * @throws Fault `invalid` with `field` where it is no sound, too long, too short or silent.
 */
export async function decodeRecording(path: string, name: string, maxSeconds: number): Promise<Float32Array> {
  const refuse = (why: string, cause?: unknown) => new Fault('invalid', `${name}: ${why}`, { field: name, cause })
  let samples: Float32Array
  try {
    using options = Dictionary.fromObject({ format_whitelist: FORMATS, protocol_whitelist: 'file' })
    await using input = await openMedia(path, options)
    const stream = streamOf(input, AVMEDIA_TYPE_AUDIO)
    if (!stream) throw refuse('the file holds no sound.')
    samples = await soundOf(input, stream, path, maxSeconds + 1)
  } catch (cause) {
    if (cause instanceof Fault && cause.field === name) throw cause
    throw refuse('the sound cannot be decoded. Send MP3, WAV, M4A, OGG, FLAC or WebM.', cause)
  }
  const seconds = samples.length / SAMPLE_RATE
  if (seconds > maxSeconds) {
    const most = maxSeconds < 120 ? `${maxSeconds} seconds` : `${Math.round(maxSeconds / 60)} minutes`
    throw refuse(`the recording is longer than the ${most} that one may have.`)
  }
  if (seconds < SHORTEST) throw refuse('the recording is empty.')
  if (!samples.some((sample) => Math.abs(sample) > QUIETEST)) throw refuse('nothing is heard in the recording.')
  return samples
}
