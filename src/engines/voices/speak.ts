// The door to every voice: a script in, Speech out.
import { Invalid, UnspeakableText } from '../../core/errors.ts'
import type { Speech, Voice, VoiceSettings } from '../../core/speech.ts'
import type { MappedText } from '../../domain/script/mapped-text.ts'
import { planUtterances } from '../../domain/script/utterances.ts'
import { speakWithFlite } from './flite.ts'
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
  const { utterances, tailSeconds } = planUtterances(text, voice.language)
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
  return speakWithFlite(text, voice, settings)
}

function checkSettings({ speed = 1, pitchSemitones = 0 }: VoiceSettings): void {
  if (!(speed >= 0.5 && speed <= 1.5)) throw new Invalid('speed', speed, 'Give a speed from 0.5 to 1.5.')
  if (!(pitchSemitones >= -12 && pitchSemitones <= 12)) {
    throw new Invalid('pitchSemitones', pitchSemitones, 'Give a pitch from -12 to 12 semitones.')
  }
}
