// How often a video is painted: once for each canvas, however many files are made of it.
import { isTransparent, outputsOf, type VideoFormat } from '../core/output.ts'
import type { Plan } from '../core/plan.ts'
import type { Background, Canvas, VideoSpec } from '../core/spec.ts'

/** A file that is encoded from a take: the number of its output, and how it differs from others of the take. */
export type Product = { readonly output: number; readonly format: VideoFormat; readonly captions: boolean }

/** One painting of the video, before its backgrounds or before nothing. */
export type Take = {
  readonly canvas: Canvas
  readonly isTransparent: boolean
  readonly products: readonly Product[]
}

/** The takes that a spec's outputs need. */
export function takesOf(spec: VideoSpec): readonly Take[] {
  const takes = new Map<string, Take & { products: Product[] }>()
  for (const [index, output] of outputsOf(spec).entries()) {
    if (output.kind !== 'video') continue
    const canvas = { ...spec.canvas, ...output.size }
    const hasNoGround = isTransparent(output.format)
    const key = `${canvas.width}x${canvas.height} ${hasNoGround}`
    const take = takes.get(key) ?? { canvas, isTransparent: hasNoGround, products: [] }
    takes.set(key, take)
    take.products.push({ output: index, format: output.format, captions: output.captions })
  }
  return [...takes.values()]
}

/** The spec as one of its takes is planned. */
export function specOfTake({ captions, ...spec }: VideoSpec, { canvas, isTransparent, products }: Take): VideoSpec {
  const scenes = spec.scenes.map((scene) => ({ ...scene, background: groundless(scene.background) }))
  return {
    ...spec,
    canvas,
    ...(isTransparent ? { scenes } : {}),
    ...(products.some((product) => product.captions) ? { captions: captions ?? {} } : {}),
  }
}

/** A take's plan: where it is transparent, nothing stands behind any scene. */
export function planOfTake(plan: Plan, { isTransparent }: Take): Plan {
  if (!isTransparent) return plan
  return { ...plan, scenes: plan.scenes.map((scene) => ({ ...scene, background: { kind: 'none' } })) }
}

/** No background; one that decides how long its scene is stays. */
function groundless(background: Background): Background {
  return background.kind === 'video' && background.playStyle === 'full_video' ? background : { kind: 'none' }
}
