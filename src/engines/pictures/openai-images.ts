// Pictures from any server that speaks OpenAI's images API.
import { askMaker, askMakerJson, fromBase64, gone } from './ask-maker.ts'
import type { ImageMaker, MakerSettings } from './image-maker.ts'

type Answer = { readonly data?: readonly { readonly b64_json?: string; readonly url?: string }[] }

/** The sizes that its image models have. Source: OpenAI's API reference, "Create image", 2025. */
const SIZES = { portrait: '1024x1536', landscape: '1536x1024', square: '1024x1024' } as const

/** Opens the maker. */
export function openaiImages({ url, key, model }: MakerSettings): ImageMaker {
  const base = url.replace(/\/+$/, '').replace(/\/v1$/, '')
  return {
    async make({ prompt, negative, width, height }, signal) {
      const size = width === height ? SIZES.square : width > height ? SIZES.landscape : SIZES.portrait
      const body = {
        prompt: `${prompt} Not in the picture: ${negative}.`,
        n: 1,
        size,
        ...(model === null ? {} : { model }),
      }
      const answer = await askMakerJson<Answer>({ url: `${base}/v1/images/generations`, key, body, signal })
      const picture = answer.data?.[0]
      if (picture?.b64_json) return fromBase64(picture.b64_json)
      if (picture?.url) return askMaker({ url: picture.url, key: null, signal })
      throw gone(new URL(base).host, 'sent no picture')
    },
  }
}
