// Looks at the pictures of a video that is not made yet, for what is told of it in a dry run.
import sharp from 'sharp'
import { Fault } from '../core/errors.ts'
import type { Scene, VideoSpec } from '../core/spec.ts'
import { photoWarning, pictureWarning, timeWarnings } from '../domain/warnings.ts'
import type { Library } from './library.ts'
import type { Media } from './media.ts'

/** Sentences about what would disappoint in a video. @param sceneSeconds the exact length of each scene. */
export type WarnOf = (spec: VideoSpec, sceneSeconds: readonly number[]) => Promise<readonly string[]>

/** Opens the look. A picture that is fetched for it is kept for the video itself. */
export function openWarnOf(library: Library, media: Media): WarnOf {
  const behind = async (index: number, { background }: Scene, { canvas }: VideoSpec): Promise<string | null> => {
    if (background.kind !== 'picture') return null
    const field = `scene ${index + 1}, background`
    try {
      const { path } = await media.find(background.source, { kind: 'picture', field })
      const { width, height } = await sharp(path).metadata()
      return pictureWarning(index, { width, height }, canvas, background.fit)
    } catch (error) {
      if (error instanceof Fault) return `The video would fail: ${error.message}`
      return `The video would fail: ${field}: the picture cannot be read.`
    }
  }
  const seen = async (index: number, scene: Scene, { canvas }: VideoSpec): Promise<string | null> => {
    const id = scene.character?.avatarId
    // Presenters are drawn in the size that is asked for; a photo has the pixels that it has.
    if (!id?.startsWith('photo-')) return null
    return photoWarning(index, scene, canvas, (await library.rigFor(id)).facts)
  }
  return async (spec, sceneSeconds) => {
    const looks = spec.scenes.map(async (scene, index) => [
      await behind(index, scene, spec),
      await seen(index, scene, spec),
    ])
    const found = (await Promise.all(looks)).flat().filter((each) => each !== null)
    return [...timeWarnings(spec, sceneSeconds), ...found]
  }
}
