// A recording becomes Speech: its sound as loud as any other, its phones as they are heard, its words where they are known.
import { isVowel } from '../../../core/phones.ts'
import { SAMPLE_RATE, type Speech, type TimedPhone, type Voice } from '../../../core/speech.ts'
import { rms } from '../../../domain/lipsync/gestures.ts'
import { highPass, normaliseLoudness } from '../../../domain/loudness.ts'
import { resample } from '../../../domain/resample.ts'
import { readsText, speak } from '../speak.ts'
import { alignText } from './align-text.ts'
import { findSounds } from './find-sounds.ts'
import { HEARING_RATE, melFrames } from './mel.ts'
import { type Hearing, openHearing } from './network.ts'
import { CLASS_PHONES } from './sound-classes.ts'
import { spreadWords } from './spread-words.ts'
import { loadWeights } from './weights-file.ts'

/** The words of a recording, and a voice of their language, which knows how they sound. */
export type Transcript = { readonly text: string; readonly voice: Voice }

const VOICE_ID = 'recording'
/** Rumble below a voice's lowest tone. */
const HIGH_PASS_HZ = 60
const FADE_SECONDS = 0.008
/** Sound is brought to the rate of hearing in pieces of this length, with as much of its surroundings as the filter sees. */
const PIECE_SECONDS = 30
const AROUND_SECONDS = 0.01

/**
 * A transcript fits worse where it is another text. Measured: what was said has -0.6 to -1.1 for voices, also in noise, and
 * -2.0 for a speech of 1961 outdoors; other texts, and parts of the text, have -2.8 to -5.3.
 */
const WORST_FIT = -2.5

let hearing: Promise<Hearing> | undefined

/**
 * Hears what is said in a recording, in any language. With a transcript, its words are laid along the sound: lips follow
 * the text's own phones, and words have times. Where the voice does not read the transcript's writing, or where it is not
 * what is heard, lips follow the sound alone, words are spread over it, and a note says so.
 * @param samples mono at 48 kHz; they are used up. The speech has the same length, at -16 LUFS.
 * @throws UnspeakableText where nothing in the transcript can be said.
 * @throws the signal's reason once it is aborted.
 */
export async function hear(
  samples: Float32Array,
  { transcript, signal }: { readonly transcript?: Transcript; readonly signal?: AbortSignal } = {},
): Promise<Speech> {
  const heard = await likelihoods(samples, signal)
  const sound = normaliseLoudness(faded(highPass(samples, HIGH_PASS_HZ, SAMPLE_RATE)))
  const seconds = samples.length / SAMPLE_RATE
  const isRead = transcript !== undefined && readsText(transcript.text, transcript.voice)
  if (isRead) {
    const said = await speak(transcript.text, transcript.voice, {}, signal ? { signal } : {})
    const { words, phones, fit } = alignText(heard, seconds, said)
    if (fit > WORST_FIT) return { samples: sound, words, phones, timing: 'aligned', voiceId: VOICE_ID }
  }
  const phones = phonesOf(heard, sound)
  const unheard = { samples: sound, words: [], phones, timing: 'estimated', voiceId: VOICE_ID } as const
  if (!transcript) return unheard
  const why = isRead
    ? 'The transcript is not what is heard in the recording'
    : `The voice ${transcript.voice.id} does not read the transcript's writing`
  const notes = [`${why}: the lips follow the sound alone, and words of captions have estimated times.`]
  return { ...unheard, words: spreadWords(transcript.text, phones), notes }
}

/** Rows of a class' log likelihoods, HEARD_RATE a second, of mono sound at 48 kHz. */
export async function likelihoods(samples: Float32Array, signal?: AbortSignal): Promise<Float32Array> {
  hearing ??= loadWeights()
    .then(openHearing)
    .catch((error) => {
      hearing = undefined
      throw error
    })
  const bands = melFrames(await atHearingRate(samples))
  return (await hearing).hear(bands, signal)
}

async function atHearingRate(samples: Float32Array): Promise<Float32Array> {
  const ratio = SAMPLE_RATE / HEARING_RATE
  const result = new Float32Array(Math.ceil(samples.length / ratio))
  const [piece, around] = [PIECE_SECONDS * SAMPLE_RATE, AROUND_SECONDS * SAMPLE_RATE]
  for (let from = 0; from < samples.length; from += piece) {
    const begin = Math.max(0, from - around)
    const slow = resample(samples.subarray(begin, from + piece + around), SAMPLE_RATE, HEARING_RATE)
    const own = slow.subarray((from - begin) / ratio, (from - begin + piece) / ratio)
    result.set(own.subarray(0, result.length - from / ratio), from / ratio)
    // Let others have their turn between pieces.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return result
}

/** Sounds as phones; vowels that stand out in loudness or length are stressed. */
function phonesOf(heard: Float32Array, sound: Float32Array): readonly TimedPhone[] {
  const phones = findSounds(heard, sound.length / SAMPLE_RATE).map(({ kind, startSeconds, endSeconds }): TimedPhone => {
    return { phone: CLASS_PHONES[kind]!, startSeconds, endSeconds, stress: 0, word: null }
  })
  return phones.map((phone) => (isVowel(phone.phone) && standsOut(phone, sound) ? { ...phone, stress: 2 } : phone))
}

/** An unstressed vowel lasts about so long, and is so much louder than all that is near it, consonants too. */
const USUAL_SECONDS = 0.07
const USUAL_DECIBELS = 2

function standsOut({ startSeconds, endSeconds }: TimedPhone, sound: Float32Array): boolean {
  const own = rms(sound, startSeconds, endSeconds)
  const around = rms(sound, startSeconds - 1, endSeconds + 1)
  if (own <= 0 || around <= 0) return false
  const louder = (20 * Math.log10(own / around) - USUAL_DECIBELS) / 4
  const longer = (endSeconds - startSeconds - USUAL_SECONDS) / USUAL_SECONDS
  return louder + longer > 0.8
}

function faded(samples: Float32Array): Float32Array {
  const count = Math.min(Math.round(FADE_SECONDS * SAMPLE_RATE), samples.length)
  for (let i = 0; i < count; i++) {
    const gain = 0.5 - 0.5 * Math.cos((Math.PI * i) / count)
    samples[i]! *= gain
    samples[samples.length - 1 - i]! *= gain
  }
  return samples
}
