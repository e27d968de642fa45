// More files of one video: an addition of ours to every API.
import { z } from 'zod'
import type { Job } from '../../core/job.ts'
import { extensionOf, isTransparent, type Output, outputOfName, outputsOf } from '../../core/output.ts'
import { ASPECT_RATIOS, type AspectRatio, type Canvas } from '../../core/spec.ts'
import { flag, listOf, wholeNumber, word } from './fields.ts'

const ENDINGS = ['mp4', 'webm', 'mov', 'gif', 'm4a', 'mp3', 'wav', 'srt', 'vtt', 'ass'] as const
/** The most files beside the usual ones. */
const MOST = 12

const SHAPES: Readonly<Record<string, AspectRatio>> = { '16:9': 'landscape', '9:16': 'portrait', '1:1': 'square' }
const remedy = `${listOf(ENDINGS)}, or an object such as {"format": "mp4", "aspect_ratio": "1:1", "captions": true}`

const side = wholeNumber('a whole number from 128 to 4096').pipe(
  z
    .int()
    .min(128, { error: 'a whole number from 128 to 4096' })
    .max(4096, { error: 'a whole number from 128 to 4096' }),
)

/** The field `outputs`: a file by its ending, or with its shape and whether captions are painted into it. */
export const outputsField = z
  .array(
    z.preprocess(
      (value) => (typeof value === 'string' ? { format: value } : value),
      z.object(
        {
          format: word(ENDINGS),
          aspect_ratio: word(['16:9', '9:16', '1:1'], {
            landscape: '16:9',
            portrait: '9:16',
            square: '1:1',
          }).optional(),
          dimension: z.object({ width: side, height: side }).optional(),
          captions: flag('true or false').default(false),
        },
        { error: remedy },
      ),
    ),
    { error: `a list of ${remedy}` },
  )
  .max(MOST, { error: `a list of at most ${MOST} files` })

type Asked = z.output<typeof outputsField>[number]

/**
 * Outputs and those asked for beside them, each once.
 * @param canvas of the video itself: a shape is as large as that.
 */
export function withMore(
  outputs: readonly Output[],
  asked: z.output<typeof outputsField> = [],
  canvas?: Canvas,
): readonly Output[] {
  const all = [...outputs, ...asked.map((one) => outputFor(one, canvas))]
  return [...new Map(all.map((output) => [JSON.stringify(output), output])).values()]
}

function outputFor({ format, captions, ...shape }: Asked, canvas: Canvas | undefined): Output {
  const output = outputOfName(`video.${format}`, captions)!
  if (output.kind !== 'video') return output
  const painted = { ...output, captions: captions && !isTransparent(output.format) }
  const size = sizeOf(shape, canvas)
  const isOwn = size === null || (canvas && size.width === canvas.width && size.height === canvas.height)
  return isOwn ? painted : { ...painted, size }
}

function sizeOf(
  { aspect_ratio: ratio, dimension }: Pick<Asked, 'aspect_ratio' | 'dimension'>,
  canvas: Canvas | undefined,
): Pick<Canvas, 'width' | 'height'> | null {
  if (dimension)
    return { width: dimension.width - (dimension.width % 2), height: dimension.height - (dimension.height % 2) }
  if (ratio === undefined) return null
  const { width, height } = ASPECT_RATIOS[SHAPES[ratio]!]
  // As sharp as the video itself: its shorter side, where the usual shapes have 1080.
  const scale = canvas ? Math.min(canvas.width, canvas.height) / Math.min(width, height) : 1
  const even = (length: number) => Math.min(4096, 2 * Math.round((length * scale) / 2))
  return { width: even(width), height: even(height) }
}

/** Every file of a finished video under what it is; empty before that. */
export function filesOf(job: Job, linkOf: (fileKey: string) => string) {
  const { spec, result } = job
  const keys = result?.outputKeys ?? []
  return outputsOf(spec)
    .slice(0, keys.length)
    .map((output, index) => ({
      type: extensionOf(output),
      kind: output.kind,
      captions: output.kind === 'video' && output.captions,
      ...sidesOf(output, spec.canvas),
      url: linkOf(keys[index]!),
    }))
}

/** A video's sides in pixels; null for what is none. */
function sidesOf(output: Output, canvas: Canvas) {
  if (output.kind !== 'video') return { width: null, height: null }
  const { width, height } = output.size ?? canvas
  return { width, height }
}
