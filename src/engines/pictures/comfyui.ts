// Pictures from ComfyUI: a workflow of the user's with our words in it is queued, waited for and its picture fetched.
import { setTimeout as wait } from 'node:timers/promises'
import { Fault } from '../../core/errors.ts'
import { askMaker, askMakerJson, gone } from './ask-maker.ts'
import type { ImageMaker, MakerSettings, PictureRequest } from './image-maker.ts'

type Picture = { readonly filename: string; readonly subfolder: string; readonly type: string }
type History = Readonly<
  Record<
    string,
    {
      readonly status?: { readonly status_str?: string; readonly completed?: boolean }
      readonly outputs?: Readonly<Record<string, { readonly images?: readonly Picture[] }>>
    }
  >
>

/** Milliseconds between two looks at whether it is done, and how many looks: five minutes in all. */
const PAUSE_MS = 500
const LOOKS = 600

/** Opens the maker. @param settings.pauseMs milliseconds between two looks. */
export function comfyui({
  url,
  key,
  workflow,
  pauseMs = PAUSE_MS,
}: MakerSettings & { readonly workflow: string; readonly pauseMs?: number }): ImageMaker {
  const base = url.replace(/\/+$/, '')
  const host = new URL(base).host
  return {
    async make(request, signal) {
      const prompt = filled(workflow, request)
      const queued = await askMakerJson<{ prompt_id?: string }>({
        url: `${base}/prompt`,
        key,
        body: { prompt },
        signal,
      })
      const id = queued.prompt_id
      if (!id) throw gone(host, 'did not take the workflow')
      for (let look = 0; look < LOOKS; look++) {
        const history = await askMakerJson<History>({ url: `${base}/history/${encodeURIComponent(id)}`, key, signal })
        const run = history[id]
        if (run?.status?.status_str === 'error') throw gone(host, 'failed to run the workflow')
        const picture = Object.values(run?.outputs ?? {}).flatMap(({ images }) => images ?? [])[0]
        if (picture) return askMaker({ url: `${base}/view?${new URLSearchParams(picture)}`, key, signal })
        if (run?.status?.completed) throw gone(host, 'ran the workflow, which saves no picture')
        await wait(pauseMs, undefined, signal ? { signal } : {})
      }
      throw gone(host, 'did not finish the workflow in time')
    },
  }
}

/** The workflow as data, with the request's words and numbers in the place of `%prompt%` and the like. */
function filled(workflow: string, request: PictureRequest): unknown {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill)
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner)]))
    }
    if (typeof value !== 'string') return value
    const whole = /^%(seed|width|height)%$/.exec(value)
    if (whole) return request[whole[1] as 'seed' | 'width' | 'height']
    return value.replace(/%(prompt|negative|seed|width|height)%/g, (_, name: keyof PictureRequest) =>
      String(request[name]),
    )
  }
  try {
    return fill(JSON.parse(workflow))
  } catch (cause) {
    throw new Fault('invalid', 'The ComfyUI workflow of ROSTRUM_IMAGE_WORKFLOW is not JSON.', { cause })
  }
}
