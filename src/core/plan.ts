// The whole video as data before any pixel exists.
import type { CaptionPicture } from './captions.ts'
import type { TexturePlanes } from './rig.ts'
import type { Background, Canvas, Fit, PlayStyle, Watermark } from './spec.ts'

/** How the head stands in one frame; angles in radians, shifts in rig pixels. */
export const HEAD_CHANNELS = ['yaw', 'pitch', 'roll', 'shiftX', 'shiftY', 'shiftZ'] as const
export type HeadChannel = (typeof HEAD_CHANNELS)[number]
export const HEAD_CHANNEL_COUNT = HEAD_CHANNELS.length

/** A face's motion through a scene, a row a frame. */
export type FaceTrack = {
  /** frameCount rows of SHAPE_COUNT weights, in the order of SHAPES. */
  readonly shapes: Float32Array
  /**
   * frameCount rows of HEAD_CHANNEL_COUNT values, in the order of HEAD_CHANNELS. Yaw > 0 turns the nose to the viewer's
   * right, pitch > 0 tips the nose down (a nod), roll > 0 tilts the crown to the viewer's right.
   */
  readonly head: Float32Array
}

/** Where rig space lies on the canvas: canvas = rig * scale + (x, y). */
export type Placement = { readonly scale: number; readonly x: number; readonly y: number }

/**
 * A window in canvas pixels: an even box that may reach over the canvas' edge, and the exact edge within it, counted from
 * the box's corner.
 */
export type WindowPlace = {
  readonly shape: 'circle' | 'rectangle'
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly edge: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }
}

/** What a character is seen through, and what stands behind it there. */
export type PlannedWindow = WindowPlace & {
  readonly background: { readonly kind: 'own' } | { readonly kind: 'color'; readonly color: string }
}

/** Where a character stands and what it is seen through; null: nothing is between. */
export type Look = { readonly placement: Placement; readonly window: PlannedWindow | null }

/** A background whose files are found: `hash` is that of the file's bytes. */
export type PlannedBackground =
  | Exclude<Background, { kind: 'picture' | 'video' }>
  | {
      readonly kind: 'video'
      readonly hash: string
      readonly fit: Fit
      readonly color: string
      readonly playStyle: PlayStyle
      readonly clipSeconds: number
      readonly box?: PixelBox
    }
  | {
      readonly kind: 'picture'
      readonly hash: string
      readonly fit: Fit
      readonly color: string
      readonly box?: PixelBox
    }

/** A part of the canvas in whole pixels, all even. */
export type PixelBox = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** A watermark whose file is found: `hash` is that of its bytes. */
export type PlannedMark = Omit<Watermark, 'source'> & { readonly hash: string }

/** One scene, timed and posed. */
export type PlannedScene = {
  /** Where the cut lies, and how many frames there are until the next one. */
  readonly startFrame: number
  readonly frameCount: number
  /**
   * So many frames of it are seen before its start and after its end, through the scenes beside it: half of each cross-fade.
   * Its track and its clip begin and end with them. Absent: none.
   */
  readonly before?: number
  readonly after?: number
  readonly character:
    | (Look & {
        readonly avatarId: string
        /** Content hash of the rig file: part of a segment's address. */
        readonly rigHash: string
        readonly track: FaceTrack
        /** See `superResolution` of a spec's character. @default false */
        readonly isSharpened?: boolean
      })
    | null
  readonly background: PlannedBackground
}

/** A caption over a run of frames, counted from the video's first; `endFrame` is exclusive. */
export type PlannedCaption = {
  readonly startFrame: number
  readonly endFrame: number
  readonly picture: CaptionPicture
}

/** The whole video as data. */
export type Plan = {
  readonly canvas: Canvas
  readonly frameCount: number
  readonly scenes: readonly PlannedScene[]
  /** In order, none over another; empty where none are painted. */
  readonly captions: readonly PlannedCaption[]
  /** Over every frame, under the captions. Absent: none. */
  readonly mark?: PlannedMark
}

/** Plan + frame number: all that a painter needs to know of one frame. */
export type FrameState = {
  readonly frame: number
  readonly background: PlannedBackground
  /** What stands behind in this frame where that moves; equal ids are equal pictures. */
  readonly backdrop?: { readonly id: number; readonly picture: Pick<TexturePlanes, 'y' | 'u' | 'v'> }
  readonly character: {
    readonly avatarId: string
    readonly placement: Placement
    /** Absent or null: none. */
    readonly window?: PlannedWindow | null
    readonly isSharpened?: boolean
    /** SHAPE_COUNT weights. */
    readonly shapes: Float32Array
    /** HEAD_CHANNEL_COUNT values. */
    readonly head: Float32Array
  } | null
  /** Absent or null: none. */
  readonly caption?: CaptionPicture | null
}

/** A run of frames that one worker renders and encodes: within a scene, or a whole cross-fade. */
export type Segment = {
  readonly index: number
  readonly startFrame: number
  readonly frameCount: number
}
