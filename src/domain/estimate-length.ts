// How long a video will be, guessed from its request alone: nothing is spoken.
import type { SceneVoice, VideoSpec } from '../core/spec.ts'
import { parseScript } from './script/parse-script.ts'

/** Characters that one second speaks, blanks included: our voices at their own speed say 15 to 19 of most writings ... */
const LETTERS_A_SECOND = 16
/** ... and about 4 of those whose characters are syllables or words. */
const SYLLABLES_A_SECOND = 4
const SYLLABLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu
/** A breath at a blank line, in seconds. */
const PARAGRAPH_SECONDS = 0.6

/** Seconds that a video will last, within a third or so; recordings count nothing, for nobody has heard them yet: they are measured when they are. */
export function estimateSeconds({ scenes }: Pick<VideoSpec, 'scenes'>): number {
  return scenes.reduce((sum, { voice }) => sum + voiceSeconds(voice), 0)
}

function voiceSeconds(voice: SceneVoice): number {
  if (voice.kind !== 'script') return 'seconds' in voice ? voice.seconds : 0
  const pieces = parseScript(voice.text)
  const still = pieces.reduce(
    (sum, piece) => sum + (piece.kind === 'break' ? piece.seconds : piece.kind === 'paragraph' ? PARAGRAPH_SECONDS : 0),
    0,
  )
  return (
    still +
    pieces.reduce((sum, piece) => sum + (piece.kind === 'text' ? textSeconds(piece.text.text) : 0), 0) /
      (voice.settings.speed ?? 1)
  )
}

function textSeconds(text: string): number {
  const syllables = text.match(SYLLABLE)?.length ?? 0
  return syllables / SYLLABLES_A_SECOND + ([...text].length - syllables) / LETTERS_A_SECOND
}
