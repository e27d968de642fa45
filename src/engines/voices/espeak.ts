// espeak-ng's voices: sound, and from its events the phones and words in time.
import { isVowel } from '../../core/phones.ts'
import { SAMPLE_RATE, type Voice, type VoiceSettings } from '../../core/speech.ts'
import { resample } from '../../domain/resample.ts'
import type { MappedText } from '../../domain/script/mapped-text.ts'
import type { TextRange } from '../../domain/script/written-words.ts'
import { espeakVoiceName } from './catalogue.ts'
import { withClosures } from './espeak-closures.ts'
import { phonesOfEspeak, stressOfEspeak } from './espeak-phones.ts'
import { type EspeakSound, runEspeak } from './espeak-runtime.ts'
import type { SpokenPhone, SpokenUtterance } from './join-utterances.ts'

/** A calm reading speed in words a minute; espeak-ng's own default of 175 sounds hurried. */
const NORMAL_RATE = 160
/** espeak-ng's pitch control stands at 50 and runs from 0 to 99; measured, a semitone takes six steps. */
const NORMAL_PITCH = 50
const PITCH_STEPS_A_SEMITONE = 6
const MOST_STEERED_SEMITONES = 8
/** Sound that is shifted beyond that keeps its rate a multiple of this, so that the resampler's table stays small. */
const RATE_STEP = 50
/** A nameless event is a pause where its sound stays this far below the utterance's own level, else a seam. */
const PAUSE_LEVEL = 0.2

/** Speaks one utterance, or gives null where espeak-ng finds nothing to say in it. */
export async function speakWithEspeak(
  text: MappedText,
  voice: Voice,
  settings: VoiceSettings,
): Promise<SpokenUtterance | null> {
  const spoken = await rawEspeak(text, voice, settings)
  return spoken && { ...spoken, samples: resample(spoken.samples, spoken.rate, SAMPLE_RATE) }
}

/** The same at the rate that espeak-ng speaks at, in Hz. */
export async function rawEspeak(
  text: MappedText,
  voice: Voice,
  settings: VoiceSettings,
): Promise<(SpokenUtterance & { readonly rate: number }) | null> {
  const line = text.text.replace(/\s+/gu, (gap) => ' '.repeat(gap.length))
  const semitones = settings.pitchSemitones ?? 0
  const steered = Math.min(MOST_STEERED_SEMITONES, Math.max(-MOST_STEERED_SEMITONES, semitones))
  const shift = 2 ** ((semitones - steered) / 12)
  const spoken = await runEspeak(
    line,
    espeakVoiceName(voice.id),
    Math.round((NORMAL_RATE * (settings.speed ?? 1)) / shift),
    NORMAL_PITCH + Math.round(PITCH_STEPS_A_SEMITONE * steered),
  )
  const sound = shift === 1 ? spoken : shifted(spoken, shift)
  const { words, phones } = readEvents(sound, text)
  if (phones.length === 0) return null
  return { samples: sound.samples, rate: sound.rate, phones: withClosures(phones, sound.samples, sound.rate), words }
}

/** The same samples played faster or slower, which raises or lowers them beyond what espeak-ng can. */
function shifted(sound: EspeakSound, shift: number): EspeakSound {
  const rate = Math.round((sound.rate * shift) / RATE_STEP) * RATE_STEP
  const scale = sound.rate / rate
  const events = sound.events.map((event) => ({ ...event, audio_position: event.audio_position * scale }))
  return { samples: sound.samples, rate, events }
}

function readEvents(sound: EspeakSound, text: MappedText): { words: TextRange[]; phones: SpokenPhone[] } {
  const seconds = sound.samples.length / sound.rate
  const pauseLevel = PAUSE_LEVEL * level(sound, 0, seconds)
  const unitOf = characterStarts(text.text)
  const words: TextRange[] = []
  const phones: SpokenPhone[] = []
  const timed = sound.events.filter((event) => event.type === 'phoneme' || event.type === 'word')
  for (const [i, event] of timed.entries()) {
    if (event.type === 'word') {
      const from = Math.min(unitOf[event.text_position - 1] ?? text.text.length, text.text.length - 1)
      const to = Math.max(from + 1, unitOf[event.text_position - 1 + event.word_length] ?? text.text.length)
      const range = { textStart: text.starts[from]!, textEnd: text.ends[to - 1]! }
      const last = words.at(-1)
      words.push(last && range.textStart < last.textStart ? last : range)
      continue
    }
    const startSeconds = event.audio_position / 1000
    const next = timed.slice(i + 1).find((other) => other.type === 'phoneme')
    const endSeconds = Math.min(seconds, next ? next.audio_position / 1000 : seconds)
    const name = String(event.id ?? '')
    const shares = phonesOfEspeak(name)
    const before = phones.at(-1)
    const follows = before !== undefined && startSeconds - before.endSeconds < 1e-6
    if (shares.length === 0 && follows && level(sound, startSeconds, endSeconds) > pauseLevel) {
      phones[phones.length - 1] = { ...before, endSeconds }
    }
    if (shares.length === 0 || words.length === 0) continue
    let at = startSeconds
    for (const { phone, share } of shares) {
      const end = at + share * (endSeconds - startSeconds)
      const stress = isVowel(phone) ? stressOfEspeak(name) : 0
      phones.push({ phone, startSeconds: at, endSeconds: end, stress, word: words.length - 1 })
      at = end
    }
  }
  return { words, phones }
}

/** The root mean square of a stretch of sound. */
function level({ samples, rate }: EspeakSound, fromSeconds: number, toSeconds: number): number {
  const part = samples.subarray(Math.round(fromSeconds * rate), Math.round(toSeconds * rate))
  return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length))
}

/** The UTF-16 index at which each character begins. */
function characterStarts(text: string): number[] {
  const starts: number[] = []
  for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) starts.push(at)
  return starts
}
