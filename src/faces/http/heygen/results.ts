// The files of a finished video under HeyGen's names.
import type { CaptionFormat, CaptionOptions } from '../../../core/captions.ts'
import { type Job, outputKey } from '../../../core/job.ts'
import type { Output } from '../../../core/output.ts'
import type { Canvas, VideoSpec } from '../../../core/spec.ts'
import { withMore } from '../outputs.ts'
import type { GenerateRequest } from './generate-request.ts'

/**
 * What a request makes: the clean video and its moving preview, and where captions are asked for, the captioned video and
 * the captions as files.
 */
export function outputsFor(
  { caption, caption_mode: mode, outputs }: GenerateRequest,
  canvas: Canvas,
): Pick<VideoSpec, 'captions' | 'outputs'> {
  const clean: readonly Output[] = [{ kind: 'video', format: 'mp4', captions: false }, { kind: 'gif' }]
  const captions: CaptionOptions = {
    ...(caption.style === undefined ? {} : { style: caption.style }),
    ...(caption.position === undefined ? {} : { position: caption.position }),
  }
  if (!caption.enabled && mode === undefined) {
    const isPainted = outputs?.some((one) => one.captions)
    return { outputs: withMore(clean, outputs, canvas), ...(isPainted ? { captions } : {}) }
  }
  return {
    captions,
    outputs: withMore(
      [
        ...clean,
        { kind: 'subtitles', format: 'ass' },
        { kind: 'subtitles', format: 'srt' },
        ...(mode === 'file_only' ? [] : [{ kind: 'video', format: 'mp4', captions: true } as const]),
      ],
      outputs,
      canvas,
    ),
  }
}

/** Links to all files of a video; null where there is none (yet). */
export function resultLinks(job: Job, linkOf: (fileKey: string) => string) {
  const { result } = job
  const found = (suits: (output: Output) => boolean) => {
    const key = outputKey(job, suits)
    return key === null ? null : linkOf(key)
  }
  const subtitles = (format: CaptionFormat) =>
    found((output) => output.kind === 'subtitles' && output.format === format)
  return {
    video: result ? linkOf(result.videoKey) : null,
    captioned: found((output) => output.kind === 'video' && output.captions && output.size === undefined),
    ass: subtitles('ass'),
    srt: subtitles('srt'),
    thumbnail: result ? linkOf(result.coverKey) : null,
    gif: found(({ kind }) => kind === 'gif'),
  }
}
