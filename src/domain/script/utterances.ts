// From a script to what a voice is asked to speak: sentences in order and the silences round them.
import { Invalid, UnspeakableText } from '../../core/errors.ts'
import { expandAbbreviations } from './abbreviations.ts'
import { cleanText } from './clean-text.ts'
import { expandEnglish } from './english.ts'
import { type MappedText, replaceMapped } from './mapped-text.ts'
import { parseScript } from './parse-script.ts'
import { splitSentences } from './sentences.ts'
import { readsWriting, writingSystemOf } from './writing-systems.ts'

/** One portion for a voice and the silence before it. */
export type Utterance = {
  readonly text: MappedText
  /** Silence before its first sound, in seconds. */
  readonly pauseSeconds: number
  /** True where the script asked for exactly this silence. */
  readonly exactPause: boolean
}

/** A script made ready: at least one utterance, and the silence after the last. */
export type Utterances = { readonly utterances: readonly Utterance[]; readonly tailSeconds: number }

/** Silence before the first sound: the mouth can prepare. */
const LEAD_SECONDS = 0.12
/** Silence after the last sound. */
const TAIL_SECONDS = 0.25
/** The breath that a blank line is. */
const PARAGRAPH_SECONDS = 0.6

/**
 * Cuts a script into utterances for a voice.
 * @param language English name in lower case; English gets its shorthand written out here.
 * @throws UnspeakableText where nothing remains to be said, as with a script of emoji only.
 */
export function planUtterances(script: string, language: string): Utterances {
  checkScript(script)
  const utterances: Utterance[] = []
  let [pauseSeconds, exactPause] = [LEAD_SECONDS, false]
  for (const piece of parseScript(script)) {
    if (piece.kind === 'break') {
      exactPause = utterances.length > 0
      pauseSeconds = exactPause ? piece.seconds : Math.max(LEAD_SECONDS, piece.seconds)
    } else if (piece.kind === 'paragraph') {
      if (utterances.length > 0) pauseSeconds = PARAGRAPH_SECONDS
    } else {
      for (const sentence of splitSentences(readable(piece.text, language))) {
        utterances.push({ text: sentence.text, pauseSeconds, exactPause })
        pauseSeconds = sentence.pauseSeconds
        exactPause = false
      }
    }
  }
  if (utterances.length === 0) {
    throw new UnspeakableText('The script holds nothing that can be said aloud. Write at least one word or number.')
  }
  return { utterances, tailSeconds: exactPause ? Math.max(TAIL_SECONDS, pauseSeconds) : TAIL_SECONDS }
}

/**
 * Makes sure that a script is there at all, before anything is queued.
 * @throws Invalid for an empty script or one of spaces and break tags only.
 */
export function checkScript(script: string): void {
  if (!parseScript(script).some((piece) => piece.kind === 'text')) {
    throw new Invalid('script', script, 'Write the words that the avatar shall say.')
  }
}

function readable(text: MappedText, language: string): MappedText {
  const cleaned = withoutForeignLetters(cleanText(text), language)
  return language === 'english' ? expandEnglish(cleaned) : expandAbbreviations(cleaned, language)
}

/** Letters that the language's voices would name one by one ("Chinese letter") fall away; Greek ones they know. */
function withoutForeignLetters(text: MappedText, language: string): MappedText {
  return replaceMapped(text, /[\p{L}\p{M}]/gu, ([letter]) => {
    const system = writingSystemOf(letter)
    return system === null || system === 'Greek' || readsWriting(language, system) ? null : ' '
  })
}
