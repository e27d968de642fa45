// What the HTTP door asks of the services.
import type { Config } from '../../core/config.ts'
import type { Avatar } from '../../core/library.ts'
import type { Voice } from '../../core/speech.ts'
import type { Files } from '../../services/files.ts'
import type { Jobs } from '../../services/jobs.ts'
import type { Keys } from '../../services/keys.ts'
export type Services = {
  readonly config: Config
  readonly keys: Keys
  readonly jobs: Jobs
  readonly files: Files
  readonly library: {
    list(): readonly Avatar[]
    find(id: string | number): Avatar
    cover(id: string): Promise<string>
    preview(id: string): Promise<string>
  }
  readonly voices: {
    list(): readonly Voice[]
    find(id: string, hint?: { gender?: 'female' | 'male' }): { voice: Voice; standsInFor: string | null }
    sample(id: string): Promise<string>
  }
}
