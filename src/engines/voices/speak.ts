// The door to every voice: a script in, Speech out.
import { Invalid, UnspeakableText } from '../../core/errors.ts'
import type { Speech, Voice, VoiceSettings } from '../../core/speech.ts'
import type { MappedText } from '../../domain/script/mapped-text.ts'
import { planUtterances } from '../../domain/script/utterances.ts'
import { mainForeignWriting, nameOfWriting, readsWriting } from '../../domain/script/writing-systems.ts'
import { VOICES } from './catalogue.ts'
import { speakWithEspeak } from './espeak.ts'
import { learnScript, speakWithFlite } from './flite.ts'
import { joinUtterances, type PlacedUtterance, type SpokenUtterance } from './join-utterances.ts'

/**
 * Speaks a script: plain text with `<break time="1.5s"/>` tags and blank lines. The same script, voice and settings give
 * the same samples. The sound stands at -16 LUFS, 48 kHz.
 * @throws Invalid for an empty script or settings out of range.
 * @throws UnspeakableText where nothing remains to be said or the voice cannot read the script's writing.
 * @throws the signal's reason once it is aborted, at the latest after the sentence in hand.
 */
export async function speak(
  text: string,
  voice: Voice,
  settings: VoiceSettings = {},
  options: { signal?: AbortSignal } = {},
): Promise<Speech> {
  checkSettings(settings)
  checkWriting(text, voice)
  const { utterances, tailSeconds } = planUtterances(text, voice.language)
  if (voice.engine === 'flite') {
    const texts = utterances.map((utterance) => utterance.text)
    await learnScript(texts, options.signal)
  }
  const placed: PlacedUtterance[] = []
  let carried: { seconds: number; exact: boolean } | undefined
  for (const utterance of utterances) {
    options.signal?.throwIfAborted()
    const asked = { seconds: utterance.pauseSeconds, exact: utterance.exactPause }
    const pause = carried?.exact && !asked.exact ? carried : asked
    const spoken = await speakUtterance(utterance.text, voice, settings)
    if (spoken === null) carried = pause
    else {
      placed.push({ spoken, pauseSeconds: pause.seconds })
      carried = undefined
    }
    // Synthesis runs on this thread: let others have their turn between sentences.
    await new Promise((resolve) => setImmediate(resolve))
  }
  options.signal?.throwIfAborted()
  if (placed.length === 0) {
    throw new UnspeakableText(`The voice ${voice.id} finds nothing in the script that it can say.`)
  }
  return joinUtterances(text, placed, tailSeconds, voice.id, 'exact')
}

async function speakUtterance(
  text: MappedText,
  voice: Voice,
  settings: VoiceSettings,
): Promise<SpokenUtterance | null> {
  return voice.engine === 'flite' ? speakWithFlite(text, voice, settings) : speakWithEspeak(text, voice, settings)
}

function checkSettings({ speed = 1, pitchSemitones = 0 }: VoiceSettings): void {
  if (!(speed >= 0.5 && speed <= 1.5)) throw new Invalid('speed', speed, 'Give a speed from 0.5 to 1.5.')
  if (!(pitchSemitones >= -12 && pitchSemitones <= 12)) {
    throw new Invalid('pitchSemitones', pitchSemitones, 'Give a pitch from -12 to 12 semitones.')
  }
}

/** Whether a voice reads the writing of a text. */
export function readsText(text: string, voice: Voice): boolean {
  try {
    checkWriting(text, voice)
    return true
  } catch (error) {
    if (error instanceof UnspeakableText) return false
    throw error
  }
}

/** Refuses text of which a voice could read less than half, and Japanese that is not written in kana. */
function checkWriting(text: string, voice: Voice): void {
  const foreign = mainForeignWriting(text, voice.language)
  if (foreign === null) return
  const language = voice.language.charAt(0).toUpperCase() + voice.language.slice(1)
  if (voice.language === 'japanese' && foreign.system === 'Han') {
    throw new UnspeakableText(
      'Japanese voices read kana only; the text holds kanji. Write those words in hiragana or katakana.',
    )
  }
  if (foreign.share <= 0.5) return
  const other = VOICES.find(
    (candidate) => candidate.language !== 'english' && readsWriting(candidate.language, foreign.system),
  )
  throw new UnspeakableText(
    `This voice speaks ${language} only; the text is mostly ${nameOfWriting(foreign.system)}. ` +
      (other ? `A voice for it: ${other.id}.` : 'No voice here reads it yet.'),
  )
}
