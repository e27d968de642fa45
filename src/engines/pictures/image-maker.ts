// The contract for programs elsewhere that make pictures from words, and the three kinds of them that we speak to.
import { Fault } from '../../core/errors.ts'
import { automatic1111 } from './automatic1111.ts'
import { comfyui } from './comfyui.ts'
import { openaiImages } from './openai-images.ts'

/** One picture, asked for. */
export type PictureRequest = {
  /** What is to be seen, in English. */
  readonly prompt: string
  /** What is not to be seen. */
  readonly negative: string
  /** Pixels, multiples of 8; makers with sizes of their own take the nearest. */
  readonly width: number
  readonly height: number
  /** Makers that take a seed make the same picture again. */
  readonly seed: number
}

/** Makes pictures from words. */
export type ImageMaker = {
  /** The bytes of one picture file. @throws Fault `unavailable` where the maker does not answer, refuses or makes none. */
  make(request: PictureRequest, signal?: AbortSignal): Promise<Uint8Array>
}

/** Where a maker is found. */
export type MakerSettings = {
  readonly kind: 'openai' | 'automatic1111' | 'comfyui'
  /** Base address: `https://api.openai.com`, `http://127.0.0.1:7860`, `http://127.0.0.1:8188`. */
  readonly url: string
  /** Sent as a bearer token; null: none. */
  readonly key: string | null
  /** The model's name for makers that have several; null: their own choice. */
  readonly model: string | null
  /** ComfyUI alone: the workflow in its API format, with `%prompt%`, `%negative%`, `%seed%`, `%width%`, `%height%` in it. */
  readonly workflow: string | null
}

/** Opens a maker; nothing is asked of it yet. @throws Fault `invalid` for ComfyUI without a workflow. */
export function openImageMaker(settings: MakerSettings): ImageMaker {
  if (settings.kind === 'openai') return openaiImages(settings)
  if (settings.kind === 'automatic1111') return automatic1111(settings)
  if (!settings.workflow) {
    throw new Fault(
      'invalid',
      'ComfyUI needs a workflow: export one in API format and set ROSTRUM_IMAGE_WORKFLOW to it.',
    )
  }
  return comfyui({ ...settings, workflow: settings.workflow })
}
