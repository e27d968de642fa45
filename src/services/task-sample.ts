// In a render process: a voice introduces itself.
import { writeWav } from '../engines/media/sound-only.ts'
import { findVoice, speak } from '../engines/voices/index.ts'
import { sampleSentence } from './sample-sentences.ts'
import type { TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** Speaks a sentence in the voice's own language into a WAV file. */
export async function speakSample({ voiceId, path }: Tasks['sample']['input'], { signal }: TaskContext): Promise<null> {
  const { voice } = findVoice(voiceId)
  const { samples } = await speak(sampleSentence(voice), voice, {}, { signal })
  await makeWhole(path, (draft) => writeWav([samples], samples.length, draft))
  return null
}
