// The files that a video's scenes name, each found once: who prepares the video again does not fetch them again.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaSource, VideoSpec } from '../core/spec.ts'
import type { Media, Wanted } from './media.ts'
import type { FoundMedia } from './tasks.ts'
import { fileAt, makeWhole } from './whole-file.ts'

/** The files of a video: those of its scenes by scene, and its own. */
export type SceneMedia = {
  readonly pictures: ReadonlyMap<number, FoundMedia>
  readonly sounds: ReadonlyMap<number, FoundMedia>
  /** What a video of footage is made of. */
  readonly film: FoundMedia | null
  readonly music: FoundMedia | null
  readonly mark: FoundMedia | null
}

/** What names files in a spec. */
export type NamesFiles = Pick<VideoSpec, 'scenes' | 'footage' | 'music' | 'watermark'>

/**
 * Finds every file that a video names.
 * @param folder where it is written down what was found; null: nowhere.
 * @throws Fault where one cannot be had, naming the scene.
 */
export async function findSceneMedia(
  { scenes, footage, music, watermark }: NamesFiles,
  media: Media,
  folder: string | null,
  signal?: AbortSignal,
): Promise<SceneMedia> {
  const known = folder === null ? new Map<string, FoundMedia>() : await readKnown(folder)
  const countBefore = known.size
  const find = async (source: MediaSource, wanted: Wanted): Promise<FoundMedia> => {
    const name = JSON.stringify([source, wanted.kind])
    const there = known.get(name)
    if (there && (await fileAt(there.path))) return there
    const found = await media.find(source, wanted)
    known.set(name, found)
    return found
  }
  const pictures = new Map<number, FoundMedia>()
  const sounds = new Map<number, FoundMedia>()
  const film = footage ? await find(footage.source, { field: 'video', kind: 'video', signal }) : null
  const heard = music ? await find(music.source, { field: MUSIC_FIELD, kind: 'sound', signal }) : null
  const mark = watermark ? await find(watermark.source, { field: 'watermark', kind: 'picture', signal }) : null
  for (const [index, { background, voice }] of scenes.entries()) {
    const scene = `scene ${index + 1}`
    if (background.kind === 'picture' || background.kind === 'video') {
      const wanted = { field: `${scene}, background`, kind: background.kind, signal }
      pictures.set(index, await find(background.source, wanted))
    }
    if (voice.kind === 'recording') {
      sounds.set(index, await find(voice.source, { field: soundField(index), kind: 'sound', signal }))
    }
  }
  if (folder !== null && known.size > countBefore) {
    await mkdir(folder, { recursive: true })
    await makeWhole(knownPath(folder), (draft) => writeFile(draft, JSON.stringify([...known])))
  }
  return { pictures, sounds, film, music: heard, mark }
}

/** What music is called in errors. */
export const MUSIC_FIELD = 'background music'

/** What the recording of a scene is called in errors. */
export const soundField = (scene: number) => `scene ${scene + 1}, audio`

const knownPath = (folder: string) => join(folder, 'media.json')

async function readKnown(folder: string): Promise<Map<string, FoundMedia>> {
  try {
    return new Map(JSON.parse(await readFile(knownPath(folder), 'utf8')) as [string, FoundMedia][])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map()
    throw error
  }
}
