// Sound with its words and phones, from whichever voice spoke it.

/** One sound of speech in time. */
export type TimedPhone = {
  /**
   * The phone in IPA, without stress or length marks (see core/phones.ts); `_` is silence. Affricates are one phone
   * (`tʃ`), diphthongs are one phone (`aɪ`). In a recording whose words are not known, one phone stands for all that
   * look like it.
   */
  readonly phone: string
  readonly startSeconds: number
  readonly endSeconds: number
  /** 0 unstressed, 1 secondary, 2 primary; on vowels only. */
  readonly stress: 0 | 1 | 2
  /** Index into {@link Speech.words}, or null for silence and where no words are known. */
  readonly word: number | null
}

/** One written word in time. */
export type TimedWord = {
  /** As written in the script. */
  readonly text: string
  readonly startSeconds: number
  readonly endSeconds: number
  /** Where the word stands in the script, in UTF-16 units; end is exclusive. */
  readonly textStart: number
  readonly textEnd: number
}

/** How the times of phones and words were found. */
export type Timing = 'exact' | 'aligned' | 'estimated'

/** Spoken sound and what is said when. */
export type Speech = {
  /** Mono, -1 to 1, at {@link SAMPLE_RATE}. */
  readonly samples: Float32Array
  /** None in a recording whose words are not known. */
  readonly words: readonly TimedWord[]
  /** Contiguous and ascending from 0 to the end of the sound; silences are phones too. */
  readonly phones: readonly TimedPhone[]
  readonly timing: Timing
  /** The voice that spoke, as in the catalogue; `recording` where a person did. */
  readonly voiceId: string
  /** What the user should know of it, in sentences. Absent: nothing. */
  readonly notes?: readonly string[]
}

/** Everything inside Rostrum is at 48 kHz, the rate of the AAC that leaves it. */
export const SAMPLE_RATE = 48000

/** How a voice shall speak. */
export type VoiceSettings = {
  /** 0.5 to 1.5. @default 1 */
  readonly speed?: number
  /** Semitones, -12 to 12. @default 0 */
  readonly pitchSemitones?: number
}

/** A voice in the catalogue. */
export type Voice = {
  /** Stable and unique: `flite-slt`, `espeak-de-f2`. */
  readonly id: string
  readonly name: string
  readonly gender: 'female' | 'male'
  readonly age: 'young' | 'middle_aged' | 'old'
  /** English name in lower case: `german`. */
  readonly language: string
  /** BCP 47: `de-DE`. */
  readonly locale: string
  /** `american`, `british`, `standard` ... */
  readonly accent: string
  readonly useCase: string
  readonly engine: 'flite' | 'espeak'
}

/** A machine that speaks: text in, Speech out. Every engine passes the contract suite. */
export type VoiceEngine = {
  readonly voices: readonly Voice[]
  /**
   * Speaks a script (plain text with `<break time="1.5s"/>` and blank lines).
   * @throws UnspeakableText where the voice has no sounds for the text's script or nothing remains to be said.
   */
  speak(text: string, voice: Voice, settings: VoiceSettings, options?: { signal?: AbortSignal }): Promise<Speech>
}
