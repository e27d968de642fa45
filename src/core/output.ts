// The files that are made of one video: pictures and sound, subtitles, a moving preview.
import { CAPTION_FORMATS, type CaptionFormat, type CaptionOptions } from './captions.ts'
import type { Canvas } from './spec.ts'

/**
 * The containers that a video comes in; the first is the default. WebM (VP9) and QuickTime (ProRes 4444) have alpha: no
 * background is painted into them.
 */
export const VIDEO_FORMATS = ['mp4', 'webm', 'mov'] as const
export type VideoFormat = (typeof VIDEO_FORMATS)[number]

/** The formats of sound alone. */
export const SOUND_FORMATS = ['m4a', 'mp3', 'wav'] as const
export type SoundFormat = (typeof SOUND_FORMATS)[number]

/** A video file. */
export type VideoOutput = {
  readonly kind: 'video'
  readonly format: VideoFormat
  /** Whether captions are painted into the picture. */
  readonly captions: boolean
  /** Pixels, even. @default the spec's canvas */
  readonly size?: Pick<Canvas, 'width' | 'height'>
}

/** Whether a format's pictures are transparent where nobody stands. */
export function isTransparent(format: VideoFormat): boolean {
  return format !== 'mp4'
}

/** A file that is made of a video; all of one request share one timeline and one speech. */
export type Output =
  | VideoOutput
  | { readonly kind: 'sound'; readonly format: SoundFormat }
  | { readonly kind: 'subtitles'; readonly format: CaptionFormat }
  /** The first seconds as a small moving picture without sound. */
  | { readonly kind: 'gif' }

/** What is asked for where nothing is said: one MP4, captioned where captions are asked for. */
export function outputsOf(spec: {
  readonly outputs?: readonly Output[]
  readonly captions?: CaptionOptions
}): readonly [VideoOutput, ...Output[]] {
  const [first, ...others] = spec.outputs ?? []
  if (first?.kind === 'video') return [first, ...others]
  return [{ kind: 'video', format: VIDEO_FORMATS[0], captions: spec.captions !== undefined }, ...(spec.outputs ?? [])]
}

/** How the name of an output's file ends, without the dot. */
export function extensionOf(output: Output): string {
  return output.kind === 'gif' ? 'gif' : output.format
}

/**
 * The output that a file's name asks for, beside the video itself.
 * @returns null where no output ends so.
 */
export function outputOfName(name: string, captions: boolean): Output | null {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  const within = <T extends string>(all: readonly T[]) => all.find((each) => each === extension)
  const [video, sound, subtitles] = [within(VIDEO_FORMATS), within(SOUND_FORMATS), within(CAPTION_FORMATS)]
  if (video) return { kind: 'video', format: video, captions }
  if (sound) return { kind: 'sound', format: sound }
  if (subtitles) return { kind: 'subtitles', format: subtitles }
  return extension === 'gif' ? { kind: 'gif' } : null
}
