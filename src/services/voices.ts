// The voices, and a sample of each, spoken when it is first asked for.
import { join } from 'node:path'
import type { Voice } from '../core/speech.ts'
import { findVoice, VOICES } from '../engines/voices/index.ts'
import type { RenderPool } from './render-pool.ts'
import { shareRuns } from './share-runs.ts'
import { useIfThere } from './whole-file.ts'

/** The catalogue of voices. */
export type Voices = {
  list(): readonly Voice[]
  /**
   * The voice of an id, or the nearest one for an id of another vendor's.
   * @returns `standsInFor` is the id that was asked for where another voice was chosen.
   * @throws NotFound
   */
  find(id: string, hint?: { gender?: Voice['gender'] }): { readonly voice: Voice; readonly standsInFor: string | null }
  /** Path of a short WAV. @throws NotFound */
  sample(id: string): Promise<string>
}

/** Opens the voices. @param cacheFolder where samples are kept. */
export function openVoices(pool: RenderPool, cacheFolder: string): Voices {
  const share = shareRuns()
  return {
    list: () => VOICES,
    find: (id, hint) => findVoice(id, hint),
    async sample(id) {
      const { voice } = findVoice(id)
      const path = join(cacheFolder, 'samples', `${voice.id}.wav`)
      if (await useIfThere(path)) return path
      await share(path, {}, () => pool.run('sample', { voiceId: voice.id, path }))
      return path
    },
  }
}
