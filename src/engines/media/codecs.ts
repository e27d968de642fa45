// How each container is encoded: loads no FFmpeg.
import type { VideoFormat } from '../../core/output.ts'
import type { Canvas } from '../../core/spec.ts'
import { KEYFRAME_SECONDS, MOVING_RATE_CONTROL, PRESET, PRORES, QUALITY, RATE_CONTROL, VP9 } from './version.ts'

/** Layouts of a frame's planes that encoders here take. */
export type PixelLayout = 'yuv420p' | 'yuva420p' | 'yuva444p10'

/** The sound codecs. */
export const SOUND_CODECS = ['aac', 'opus'] as const
export type SoundCodec = (typeof SOUND_CODECS)[number]

/** A container's picture. */
export type PictureCodec = {
  /** FFmpeg's names. */
  readonly encoder: string
  readonly container: 'mp4' | 'webm' | 'mov'
  readonly layout: PixelLayout
  readonly hasAlpha: boolean
  /** @param isMoving the whole picture changes with every frame. */
  readonly settings: (canvas: Canvas, isMoving: boolean) => Readonly<Record<string, string | number>>
  /** Frames by which decoding runs ahead of showing. */
  readonly reorderFrames: number
  readonly isIntraOnly: boolean
  readonly sound: SoundCodec
}

/** What each container is made with. */
export const PICTURE_CODECS: Readonly<Record<VideoFormat, PictureCodec>> = {
  mp4: {
    encoder: 'libx264',
    container: 'mp4',
    layout: 'yuv420p',
    hasAlpha: false,
    settings: (_, isMoving) => ({
      preset: PRESET,
      crf: QUALITY,
      profile: 'high',
      'x264-params': isMoving ? MOVING_RATE_CONTROL : RATE_CONTROL,
    }),
    // Two, for x264's pyramid of B-frames.
    reorderFrames: 2,
    isIntraOnly: false,
    sound: 'aac',
  },
  webm: {
    encoder: 'libvpx-vp9',
    container: 'webm',
    layout: 'yuva420p',
    hasAlpha: true,
    settings: ({ fps }) => ({ ...VP9, g: fps * KEYFRAME_SECONDS }),
    reorderFrames: 0,
    isIntraOnly: false,
    sound: 'opus',
  },
  mov: {
    encoder: 'prores_ks',
    container: 'mov',
    layout: 'yuva444p10',
    hasAlpha: true,
    settings: () => PRORES,
    reorderFrames: 0,
    isIntraOnly: true,
    sound: 'aac',
  },
}
