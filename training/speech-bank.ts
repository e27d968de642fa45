// Speech with exact phone times, spoken by our own voices for training, and kept in one file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Voice, VoiceSettings } from '../src/core/speech.ts'
import { chance } from '../src/domain/random.ts'
import { resample } from '../src/domain/resample.ts'
import { mapText } from '../src/domain/script/mapped-text.ts'
import { rawEspeak } from '../src/engines/voices/espeak.ts'
import { rawFlite } from '../src/engines/voices/flite.ts'
import { fliteWords } from '../src/engines/voices/flite-words.ts'
import { HEARING_RATE } from '../src/engines/voices/hearing/mel.ts'
import { classesOfPhone } from '../src/engines/voices/hearing/sound-classes.ts'
import { VOICES } from '../src/engines/voices/index.ts'
import type { SpokenPhone } from '../src/engines/voices/join-utterances.ts'
import { compressed } from './compress.ts'
import { LANGUAGES, madeUpSentence, ownSentences } from './texts.ts'

/** Some speech and which class of sounds is heard when. */
export type Clip = {
  readonly voiceId: string
  /** Mono at HEARING_RATE, full scale 32767. */
  readonly samples: Int16Array
  /** When each sound begins, in seconds; ascending from 0. */
  readonly starts: Float32Array
  readonly classes: Uint8Array
}

/** The most human of all voices, and two languages, are never heard in training. */
export const HELD_OUT_VOICE = 'flite-rms'
const FLITE_VOICES = ['flite-slt', 'flite-slt', 'flite-awb', 'flite-awb', 'flite-kal']
const FLITE_SHARE = 0.4
/** Made-up sentences of each language. */
const MADE_UP = 60
/** Of all clips, those that went through mp3, AAC or Opus at a low rate. */
const COMPRESSED_SHARE = 0.12

/** Speaks until a file holds so many seconds, and goes on where it was left. Ten seconds take about one. */
export async function speechBank(path: string, seconds: number): Promise<Clip[]> {
  const clips = existsSync(path) ? unpack(readFileSync(path)) : []
  const english = ownSentences(new URL('../', import.meta.url))
  let [total, count] = [clips.reduce((sum, { samples }) => sum + samples.length / HEARING_RATE, 0), 0]
  const random = () => chance(1, clips.length, count++)
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!
  const madeUp = new Map(
    LANGUAGES.map((language) => [language, Array.from({ length: MADE_UP }, () => madeUpSentence(language, random))]),
  )
  while (total < seconds) {
    const isFlite = random() < FLITE_SHARE
    const language = isFlite || random() < 0.15 ? 'en-us' : pick(LANGUAGES)
    const named = isFlite
      ? pick(FLITE_VOICES)
      : pick(VOICES.filter(({ id }) => id.startsWith(`espeak-${language}-`))).id
    const voice = VOICES.find(({ id }) => id === named)!
    const sentence = () => (language === 'en-us' && random() < 0.6 ? pick(english) : pick(madeUp.get(language)!))
    const settings = {
      speed: 0.7 + 0.8 * random(),
      pitchSemitones: random() < 0.5 ? 0 : Math.round(-5 + 10 * random()),
    }
    const spoken = await spokenLine(`${sentence()} ${sentence()}`, voice, settings)
    if (!spoken) continue
    let samples = resample(spoken.samples, spoken.rate, HEARING_RATE)
    if (random() < COMPRESSED_SHARE) samples = await compressed(samples, HEARING_RATE, random)
    clips.push(clipOf(voice.id, spoken.phones, samples))
    total += samples.length / HEARING_RATE
    if (clips.length % 20 !== 0) continue
    console.log(`${clips.length} clips, ${Math.round(total)} s spoken`)
    writeFileSync(path, pack(clips))
  }
  if (count > 0) writeFileSync(path, pack(clips))
  return clips
}

/** Straight from the machine that speaks: what makes speech fit for videos takes longer than speaking. */
async function spokenLine(text: string, voice: Voice, settings: VoiceSettings) {
  if (voice.engine === 'espeak') return rawEspeak(mapText(text), voice, settings)
  return rawFlite(fliteWords(mapText(text)).line, voice, settings)
}

/** What is heard when. @param phones ascending; between them is silence. @param samples at HEARING_RATE. */
function clipOf(
  voiceId: string,
  phones: readonly Pick<SpokenPhone, 'phone' | 'startSeconds' | 'endSeconds'>[],
  samples: Float32Array,
): Clip {
  let end = 0
  const sounds = phones.flatMap(({ phone, startSeconds, endSeconds }) => {
    const [first, second] = classesOfPhone(phone)
    const begun = startSeconds > end + 1e-3 ? [{ seconds: end, kind: 0 }] : []
    end = endSeconds
    const begin = { seconds: startSeconds, kind: first! }
    // As lips are planned: the first half of a diphthong is the longer one.
    if (second === undefined) return [...begun, begin]
    return [...begun, begin, { seconds: startSeconds + 0.55 * (endSeconds - startSeconds), kind: second }]
  })
  sounds.push({ seconds: end, kind: 0 })
  return {
    voiceId,
    samples: Int16Array.from(samples, (sample) => Math.round(32767 * Math.max(-1, Math.min(1, sample)))),
    starts: Float32Array.from(sounds, ({ seconds }) => seconds),
    classes: Uint8Array.from(sounds, ({ kind }) => kind),
  }
}

function pack(clips: readonly Clip[]): Uint8Array {
  const head = Buffer.from(
    JSON.stringify(
      clips.map(({ voiceId, samples, starts, classes }) => ({
        voiceId,
        length: samples.length,
        starts: [...starts],
        classes: [...classes],
      })),
    ),
  )
  const size = Buffer.alloc(4)
  size.writeUInt32LE(head.length)
  const bytes = clips.map(({ samples }) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength))
  return Buffer.concat([size, head, ...bytes])
}

function unpack(file: Buffer): Clip[] {
  const size = file.readUInt32LE(0)
  const heads = JSON.parse(file.toString('utf8', 4, 4 + size)) as {
    voiceId: string
    length: number
    starts: number[]
    classes: number[]
  }[]
  let at = 4 + size
  return heads.map(({ voiceId, length, starts, classes }) => {
    const samples = new Int16Array(length)
    new Uint8Array(samples.buffer).set(file.subarray(at, at + 2 * length))
    at += 2 * length
    return { voiceId, samples, starts: Float32Array.from(starts), classes: Uint8Array.from(classes) }
  })
}
