// More files of one video, asked for by their endings: an addition of ours to every API.
import { z } from 'zod'
import type { Job } from '../../core/job.ts'
import { extensionOf, type Output, outputOfName, outputsOf } from '../../core/output.ts'
import { listOf, word } from './fields.ts'

const ENDINGS = ['webm', 'mov', 'gif', 'm4a', 'mp3', 'wav', 'srt', 'vtt', 'ass'] as const

/** The field `outputs`. */
export const outputsField = z.array(word(ENDINGS), { error: `a list of ${listOf(ENDINGS)}` })

/** Outputs and those asked for beside them, each once. */
export function withMore(outputs: readonly Output[], asked: z.output<typeof outputsField> = []): readonly Output[] {
  const all = [...outputs, ...asked.map((ending) => outputOfName(`video.${ending}`, false)!)]
  return [...new Map(all.map((output) => [JSON.stringify(output), output])).values()]
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
      url: linkOf(keys[index]!),
    }))
}
