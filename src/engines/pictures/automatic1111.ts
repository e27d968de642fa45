// Pictures from the web UI of Automatic1111 (and what shares its API: Forge, SD.Next), started with `--api`.
import { askMakerJson, fromBase64, gone } from './ask-maker.ts'
import type { ImageMaker, MakerSettings } from './image-maker.ts'

type Answer = { readonly images?: readonly string[] }

/** Opens the maker. */
export function automatic1111({ url, key, model }: MakerSettings): ImageMaker {
  const base = url.replace(/\/+$/, '')
  return {
    async make({ prompt, negative, width, height, seed }, signal) {
      const body = {
        prompt,
        negative_prompt: negative,
        seed,
        width,
        height,
        steps: 28,
        cfg_scale: 6,
        ...(model === null ? {} : { override_settings: { sd_model_checkpoint: model } }),
      }
      const answer = await askMakerJson<Answer>({ url: `${base}/sdapi/v1/txt2img`, key, body, signal })
      const picture = answer.images?.[0]
      if (!picture) throw gone(new URL(base).host, 'sent no picture')
      return fromBase64(picture)
    },
  }
}
