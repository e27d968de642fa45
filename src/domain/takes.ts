// How often a video is painted: once for each canvas, however many files are made of it.
import { outputsOf, type VideoFormat } from '../core/output.ts'
import type { Canvas, VideoSpec } from '../core/spec.ts'

/** A file that is encoded from a take: the number of its output, and how it differs from others of the take. */
export type Product = { readonly output: number; readonly format: VideoFormat; readonly captions: boolean }

/** One painting of the video. */
export type Take = { readonly canvas: Canvas; readonly products: readonly Product[] }

/** The takes that a spec's outputs need. */
export function takesOf(spec: VideoSpec): readonly Take[] {
  const takes = new Map<string, { canvas: Canvas; products: Product[] }>()
  for (const [index, output] of outputsOf(spec).entries()) {
    if (output.kind !== 'video') continue
    const canvas = { ...spec.canvas, ...output.size }
    const key = `${canvas.width}x${canvas.height}`
    const take = takes.get(key) ?? { canvas, products: [] }
    takes.set(key, take)
    take.products.push({ output: index, format: output.format, captions: output.captions })
  }
  return [...takes.values()]
}

/** The spec as one of its takes is planned. */
export function specOfTake({ captions, ...spec }: VideoSpec, { canvas, products }: Take): VideoSpec {
  return { ...spec, canvas, ...(products.some((product) => product.captions) ? { captions: captions ?? {} } : {}) }
}
