// The words and phones of a finished video as a short text that travels inside the file.
import type { Speech, TimedPhone, TimedWord, Timing } from '../../core/speech.ts'

/** The key under which the text is kept in an MP4. */
export const SPEECH_TRACK_KEY = 'rostrum_speech'

/** What is said when in a whole video; times count from its start. */
export type SpeechTrack = {
  /** Ascending; what lies between them is silence. */
  readonly phones: readonly TimedPhone[]
  readonly words: readonly Pick<TimedWord, 'text' | 'startSeconds' | 'endSeconds'>[]
  /** The least exact of the video's scenes. */
  readonly timing: Timing
}

const TIMINGS: readonly Timing[] = ['exact', 'aligned', 'estimated']

/** Puts the scenes of a video behind each other. Silent scenes are null. */
export function joinSpeech(
  scenes: readonly { readonly startSeconds: number; readonly speech: Omit<Speech, 'samples'> | null }[],
): SpeechTrack {
  const phones: TimedPhone[] = []
  const words: SpeechTrack['words'][number][] = []
  let worst = 0
  for (const { startSeconds, speech } of scenes) {
    if (!speech) continue
    worst = Math.max(worst, TIMINGS.indexOf(speech.timing))
    const firstWord = words.length
    const shifted = <T extends { startSeconds: number; endSeconds: number }>(timed: T): T => ({
      ...timed,
      startSeconds: timed.startSeconds + startSeconds,
      endSeconds: timed.endSeconds + startSeconds,
    })
    words.push(...speech.words.map(shifted))
    phones.push(
      ...speech.phones.map((phone) => ({
        ...shifted(phone),
        word: phone.word === null ? null : phone.word + firstWord,
      })),
    )
  }
  return { phones, words, timing: TIMINGS[worst]! }
}

/** About 20 bytes a phone, times in whole milliseconds. */
export function encodeSpeechTrack({ phones, words, timing }: SpeechTrack): string {
  const ms = (seconds: number) => Math.round(seconds * 1000)
  return JSON.stringify({
    version: 1,
    timing,
    phones: phones.map((p) => [p.phone, ms(p.startSeconds), ms(p.endSeconds), p.stress, p.word]),
    words: words.map((w) => [w.text, ms(w.startSeconds), ms(w.endSeconds)]),
  })
}

/** Reads what {@link encodeSpeechTrack} wrote; null where the text is something else. */
export function decodeSpeechTrack(text: string): SpeechTrack | null {
  try {
    const data = JSON.parse(text) as {
      version: number
      timing: Timing
      phones: [string, number, number, 0 | 1 | 2, number | null][]
      words: [string, number, number][]
    }
    if (data.version !== 1 || !TIMINGS.includes(data.timing)) return null
    return {
      timing: data.timing,
      phones: data.phones.map(([phone, start, end, stress, word]) => ({
        phone,
        startSeconds: start / 1000,
        endSeconds: end / 1000,
        stress,
        word,
      })),
      words: data.words.map(([word, start, end]) => ({
        text: word,
        startSeconds: start / 1000,
        endSeconds: end / 1000,
      })),
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}
