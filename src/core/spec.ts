// The one neutral request that all dialects translate into.
import type { CaptionOptions } from './captions.ts'
import type { Playback } from './footage.ts'
import type { Output } from './output.ts'
import type { VoiceSettings } from './speech.ts'

/** The frame that scenes are painted on. */
export type Canvas = {
  /** Pixels, even. */
  readonly width: number
  readonly height: number
  /** Whole frames per second, constant. @default 25 */
  readonly fps: number
}

/** What a face wears while it speaks. The first is the default. */
export const EXPRESSIONS = ['default', 'happy'] as const
export type Expression = (typeof EXPRESSIONS)[number]

/** How much a character moves while it speaks. The first is the default. */
export const TALKING_STYLES = ['stable', 'expressive'] as const
export type TalkingStyle = (typeof TALKING_STYLES)[number]

/** What the words are meant to feel like; there is no default one. */
export const MOODS = ['serious', 'friendly', 'excited', 'soothing'] as const
export type Mood = (typeof MOODS)[number]

/** How a character carries itself; see domain/motion/manner.ts for what each word does. */
export type Manner = {
  /** @default 'default' */
  readonly expression?: Expression
  /** @default 'stable' */
  readonly talkingStyle?: TalkingStyle
  readonly mood?: Mood
}

/** How near a character is. The first is the default. */
export const FRAMINGS = ['normal', 'closeUp'] as const
export type Framing = (typeof FRAMINGS)[number]

/**
 * What a character is seen through. A circle or a square is as wide as the canvas' shorter side times the stance's scale,
 * about its place; a rectangle lies where it says, in fractions of the canvas.
 */
export type Window = (
  | { readonly shape: 'circle' | 'square' }
  | { readonly shape: 'rectangle'; readonly area: Area }
) & {
  /** What stands behind the character in it, `#rrggbb`. @default the avatar's own background */
  readonly color?: string
}

/** A part of the canvas, in fractions of it from its upper left corner. */
export type Area = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** Where in the frame a character stands, beside the place that the canvas' shape asks for. */
export type Stance = {
  /** @default 'normal' */
  readonly framing?: Framing
  /** Enlarges the character about the middle of the canvas. 0.05 to 5. @default 1 */
  readonly scale?: number
  /** Moves it, in fractions of the canvas: +x right, +y down. @default 0 */
  readonly offsetX?: number
  readonly offsetY?: number
  /** Absent: the character stands before the scene's background. */
  readonly window?: Window
}

/** Who is seen in a scene. */
export type Character = {
  readonly kind: 'avatar'
  readonly avatarId: string
  readonly manner?: Manner
  readonly stance?: Stance
  /** A photo that is shown larger than it is: enlarged by Lanczos' kernel and sharpened. @default false */
  readonly superResolution?: boolean
}

/** Where a file comes from: an address, the file store, or a path on the machine that renders. */
export type MediaSource = { readonly url: string } | { readonly fileKey: string } | { readonly path: string }

/** Recorded speech: its own sound, and where they are known, its words. */
export type Recording = {
  readonly kind: 'recording'
  /** MP3, WAV, M4A, AAC, OGG, Opus, FLAC, WebM or the sound of a video. */
  readonly source: MediaSource
  /** What is said in it, word for word; its lips and captions are then timed by it. */
  readonly transcript?: {
    readonly text: string
    /** A voice of the language that is spoken: it knows how words sound. */
    readonly voiceId: string
  }
}

/** The longest recording, in seconds. */
export const MAX_RECORDING_SECONDS = 900

/** What is heard in a scene. */
export type SceneVoice =
  | Recording
  | { readonly kind: 'script'; readonly text: string; readonly voiceId: string; readonly settings: VoiceSettings }
  | { readonly kind: 'silence'; readonly seconds: number }

/** The words that are heard in a scene, as they are written; null where there are none or nobody knows them. */
export function scriptOf(voice: SceneVoice): string | null {
  if (voice.kind === 'script') return voice.text
  return voice.kind === 'recording' ? (voice.transcript?.text ?? null) : null
}

/** How a picture meets a canvas of another shape. The first is the default. */
export const FITS = ['cover', 'contain', 'crop', 'none'] as const
export type Fit = (typeof FITS)[number]

/** How a clip is played behind a scene of another length. The first is the default. */
export const PLAY_STYLES = ['fit_to_scene', 'freeze', 'loop', 'once', 'full_video'] as const
export type PlayStyle = (typeof PLAY_STYLES)[number]

/** What stands behind the character. `own` is the avatar's own backdrop; before `none` a picture is transparent. */
export type Background =
  | { readonly kind: 'own' }
  | { readonly kind: 'none' }
  | { readonly kind: 'color'; readonly color: string }
  | {
      readonly kind: 'picture'
      readonly source: MediaSource
      readonly fit: Fit
      /** Where the picture does not reach, `#rrggbb`. */
      readonly color: string
      /** The part of the canvas that it is fitted to. @default all of it */
      readonly area?: Area
    }
  | {
      readonly kind: 'video'
      readonly source: MediaSource
      readonly fit: Fit
      readonly playStyle: PlayStyle
      /** Where the clip does not reach, and once it is over, `#rrggbb`. */
      readonly color: string
      /** The part of the canvas that it is fitted to. @default all of it */
      readonly area?: Area
    }

/** One shot. */
export type Scene = {
  readonly character: Character | null
  readonly voice: SceneVoice
  readonly background: Background
}

/** Where a watermark stands. The first is the default. */
export const CORNERS = ['top_right', 'top_left', 'bottom_right', 'bottom_left'] as const
export type Corner = (typeof CORNERS)[number]

/** A picture that lies over the whole video, such as a logo. */
export type Watermark = {
  readonly source: MediaSource
  readonly corner: Corner
  /** Its longer side as a share of the canvas' shorter side, 0.02 to 1. */
  readonly size: number
  /** 0.05 to 1. */
  readonly opacity: number
}

/** What a watermark is where nothing is said. */
export const WATERMARK = { corner: CORNERS[0], size: 0.16, opacity: 0.8 } as const

/** Music under the whole video; it steps back while somebody speaks and begins again where it is short. */
export type Music = {
  readonly source: MediaSource
  /** 0 to 1, where 1 is as loud in pauses as speech is. */
  readonly volume: number
}

/** @default 0.4, which is 8 dB below speech */
export const MUSIC_VOLUME = 0.4

/** The longest cross-fade, in seconds. */
export const MAX_CROSS_FADE = 2

/** A film of a speaking person, whose mouth is made to speak what is heard in the one scene. */
export type Footage = { readonly source: MediaSource; readonly playback: Playback }

/** The largest frames and the highest rate that are made of footage; what is larger is scaled down. */
export const MOST_FOOTAGE: Canvas = { width: 1920, height: 1920, fps: 30 }

/** A whole video, asked for. Ids are resolved: `avatarId` and `voiceId` are in the library. */
export type VideoSpec = {
  readonly name: string
  readonly canvas: Canvas
  /** 1 to 50. */
  readonly scenes: readonly Scene[]
  /** How captions look that are painted into the picture; absent: as ever, where an output has any. */
  readonly captions?: CaptionOptions
  /** What is made, the video itself first. @default one MP4, captioned where `captions` is set */
  readonly outputs?: readonly Output[]
  /** Absent: none. */
  readonly music?: Music
  /** Absent: none. */
  readonly watermark?: Watermark
  /**
   * How long two scenes are seen through each other about each cut, in seconds, at most {@link MAX_CROSS_FADE}. Scenes keep
   * their times and lengths. @default 0: cuts
   */
  readonly crossFadeSeconds?: number
  /** Absent: everything is painted. Where it is there, the canvas is the most that its frames may be, as they are its own. */
  readonly footage?: Footage
  /** Seeds the motion: same spec, same seed, same version, same bytes. */
  readonly seed: number
}

/** The named canvas sizes of the JoggAI APIs and the command line. */
export const ASPECT_RATIOS = {
  portrait: { width: 1080, height: 1920 },
  landscape: { width: 1920, height: 1080 },
  square: { width: 1080, height: 1080 },
} as const

export type AspectRatio = keyof typeof ASPECT_RATIOS

/** The frame rates that can be asked for. */
export const FRAME_RATES = [24, 25, 30, 50, 60] as const

/** @default 25 */
export const DEFAULT_FPS = 25
