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
  const samples = await decodeUpTo(path, name, maxSeconds + 1)
  if (samples.length / SAMPLE_RATE > maxSeconds) {
    const most = maxSeconds < 120 ? `${maxSeconds} seconds` : `${Math.round(maxSeconds / 60)} minutes`
    throw refusal(name, `the recording is longer than the ${most} that one may have.`)
  }
  return checked(samples, name, 'recording')
}

/**
 * Decodes the beginning of a piece of music, like {@link decodeRecording}.
 * @param seconds how much of it is needed; what comes later is not decoded.
 */
export async function decodeMusic(path: string, name: string, seconds: number): Promise<Float32Array> {
  return checked(await decodeUpTo(path, name, seconds), name, 'music')
}

async function decodeUpTo(path: string, name: string, seconds: number): Promise<Float32Array> {
  try {
    using options = Dictionary.fromObject({ format_whitelist: FORMATS, protocol_whitelist: 'file' })
    await using input = await openMedia(path, options)
    const stream = streamOf(input, AVMEDIA_TYPE_AUDIO)
    if (!stream) throw refusal(name, 'the file holds no sound.')
    return await soundOf(input, stream, path, seconds)
  } catch (cause) {
    if (cause instanceof Fault && cause.field === name) throw cause
    throw refusal(name, 'the sound cannot be decoded. Send MP3, WAV, M4A, OGG, FLAC or WebM.', cause)
  }
}

function checked(samples: Float32Array, name: string, what: string): Float32Array {
  if (samples.length / SAMPLE_RATE < SHORTEST) throw refusal(name, `the ${what} is empty.`)
  if (!samples.some((sample) => Math.abs(sample) > QUIETEST)) throw refusal(name, `nothing is heard in the ${what}.`)
  return samples
}

function refusal(name: string, why: string, cause?: unknown): Fault {
  return new Fault('invalid', `${name}: ${why}`, { field: name, cause })
}
