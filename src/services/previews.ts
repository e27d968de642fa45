// A short film of each avatar introducing itself, made when it is first asked for.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DEFAULT_FPS, type Manner, type VideoSpec } from '../core/spec.ts'
import type { Library } from './library.ts'
import type { Producer } from './produce.ts'
import { RENDERER_VERSIONS } from './renderer-versions.ts'
import { shareRuns } from './share-runs.ts'
import { useIfThere } from './whole-file.ts'

/** What an account has said of its own avatar; what is absent is the avatar's own. */
export type PreviewWords = {
  readonly name?: string
  readonly greeting?: string | null
  readonly voiceId?: string
  readonly manner?: Manner | null
}

/** Previews of avatars. */
export type Previews = {
  /** Path of a short MP4. @throws NotFound */
  preview(avatarId: string, words?: PreviewWords): Promise<string>
}

/** @param cacheFolder where previews are kept. */
export function openPreviews(library: Library, producer: Producer, cacheFolder: string): Previews {
  const share = shareRuns()
  return {
    async preview(avatarId, { name, greeting, voiceId, manner } = {}) {
      const avatar = library.find(avatarId)
      const called = name ?? avatar.name
      const spec: VideoSpec = {
        name: called,
        canvas: { width: 540, height: 960, fps: DEFAULT_FPS },
        scenes: [
          {
            character: { kind: 'avatar', avatarId: avatar.id, ...(manner ? { manner } : {}) },
            voice: {
              kind: 'script',
              text: greeting ?? `Hello, I am ${called}. Give me your words, and I will speak them for you.`,
              voiceId: voiceId ?? avatar.voiceId,
              settings: {},
            },
            background: { kind: 'own' },
          },
        ],
        seed: avatar.number,
      }
      const { hash } = await library.rigFor(avatar.id)
      const key = createHash('sha256')
        .update(JSON.stringify([spec, hash, RENDERER_VERSIONS]))
        .digest('hex')
        .slice(0, 16)
      const path = join(cacheFolder, 'previews', `${avatar.id}-${key}.mp4`)
      if (await useIfThere(path)) return path
      await share(path, {}, () => producer.produceVideo(spec, { outPath: path }))
      return path
    },
  }
}
