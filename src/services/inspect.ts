// What is in a finished video, and how well its lips keep to its sound; reads the file and nothing else.
import { SHAPE_COUNT } from '../core/shapes.ts'
import type { Speech, TimedPhone } from '../core/speech.ts'
import { SAMPLE_RATE } from '../core/speech.ts'
import { type FaceSample, type LifeReport, reportLife } from '../domain/life/life-report.ts'
import { plannedOpening } from '../domain/lipsync/opening.ts'
import { planMouth } from '../domain/lipsync/plan-mouth.ts'
import { decodeSpeechTrack, SPEECH_TRACK_KEY, type SpeechTrack } from '../domain/sync/speech-track.ts'
import { reportSync, type SyncReport } from '../domain/sync/sync-report.ts'
import { decodeSound } from '../engines/media/decode.ts'
import { type MediaFacts, probe, readMetadata } from '../engines/media/probe.ts'
import { measureFace } from './measure-face.ts'

/** The facts of a file, and with `sync` what its lips and the rest of its face do. */
export type Inspection = {
  readonly facts: MediaFacts
  readonly sync: SyncReport | null
  /** Null also where no face was found. */
  readonly life: LifeReport | null
}

/**
 * Inspects a finished video, Rostrum's own or any other. Times of words and phones are read from the file itself; where it
 * holds none, only its sound and its lips are compared.
 * @param options.sync measures the lips on every frame: about as long as the video lasts.
 * @param options.onProgress 0 to 1.
 * @throws Fault `not-found` or `invalid` where the file is no video, `unavailable` where the face model cannot be loaded.
 */
export async function inspectSync(
  path: string,
  options: {
    readonly sync?: boolean
    readonly signal?: AbortSignal
    readonly onProgress?: (share: number) => void
  } = {},
): Promise<Inspection> {
  const { sync = true, signal, onProgress } = options
  const facts = await probe(path)
  if (!sync) return { facts, sync: null, life: null }
  const face = await measureFace(path, {
    ...(signal ? { signal } : {}),
    onFrame: (frame) => onProgress?.((frame + 1) / facts.frameCount),
  })
  return { facts, ...(await reportOn(path, facts, face)) }
}

/** The reports on a video whose face was measured already. */
export async function reportOn(
  path: string,
  { fps }: Pick<MediaFacts, 'fps'>,
  face: readonly (FaceSample | null)[],
): Promise<{ readonly sync: SyncReport; readonly life: LifeReport | null }> {
  const sound = await decodeSound(path)
  const track = decodeSpeechTrack((await readMetadata(path))[SPEECH_TRACK_KEY] ?? '')
  const planned = track && plannedOpenings(track, sound, fps, face.length)
  const sync = reportSync({
    mouth: face,
    fps,
    sound,
    phones: track?.phones ?? null,
    timing: track?.timing ?? null,
    ...(planned ? { planned } : {}),
  })
  return { sync, life: reportLife(face, fps) }
}

/** What Rostrum plans for these phones and this sound, a value a frame. */
function plannedOpenings(track: SpeechTrack, sound: Float32Array, fps: number, frameCount: number): Float32Array {
  const speech: Speech = {
    samples: sound,
    words: track.words.map((word) => ({ ...word, textStart: 0, textEnd: word.text.length })),
    phones: withSilences(track.phones, sound.length / SAMPLE_RATE),
    timing: track.timing,
    voiceId: '',
  }
  const shapes = new Float32Array(frameCount * SHAPE_COUNT)
  planMouth(speech, shapes, fps)
  return Float32Array.from({ length: frameCount }, (_, frame) => plannedOpening(shapes, frame * SHAPE_COUNT))
}

function withSilences(phones: readonly TimedPhone[], seconds: number): readonly TimedPhone[] {
  const whole: TimedPhone[] = []
  const silence = (startSeconds: number, endSeconds: number) => {
    if (endSeconds > startSeconds) whole.push({ phone: '_', startSeconds, endSeconds, stress: 0, word: null })
  }
  let end = 0
  for (const phone of phones) {
    silence(end, phone.startSeconds)
    whole.push(phone)
    end = phone.endSeconds
  }
  silence(end, seconds)
  return whole
}
