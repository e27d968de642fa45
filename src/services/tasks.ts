// What render processes can do: each task's name, what goes in and what comes out.
import type { Backdrop } from '../core/backdrop.ts'
import type { PhotoAvatar } from '../core/library.ts'
import type { Output } from '../core/output.ts'
import type { Look, PlannedBackground, PlannedMark } from '../core/plan.ts'
import type { PresenterRecipe } from '../core/recipe.ts'
import type { Canvas, Scene, VideoSpec } from '../core/spec.ts'
import type { RigFacts } from '../domain/rig-facts.ts'
import type { Take } from '../domain/takes.ts'

/** A file by its content. */
export type FoundMedia = { readonly path: string; readonly hash: string }

/** A prepared face on disk. */
export type PreparedRig = { readonly path: string; readonly hash: string; readonly facts: RigFacts }

/** A prepared photo on disk, and what its face looks like. */
export type PreparedPhoto = { readonly rig: PreparedRig; readonly person: Pick<PhotoAvatar, 'gender' | 'ageYears'> }

/** One segment of a prepared video. */
export type PreparedSegment = {
  readonly index: number
  /** Number of its take. */
  readonly take: number
  readonly startFrame: number
  readonly frameCount: number
  /** Names in the segment cache, one for each of the take's products: equal where their bytes are. */
  readonly files: readonly string[]
}

/** A video that is planned and spoken: what rendering and joining need to know beside the files in its folder. */
export type Prepared = {
  readonly outputs: readonly Output[]
  readonly takes: readonly Take[]
  /** Of what renders: those that the segments' names were made with. */
  readonly versions: readonly string[]
  /** Of the video; each take has as many. */
  readonly frameCount: number
  /** Of all takes, the first one's first. */
  readonly segments: readonly PreparedSegment[]
  /** Where the rigs of the plan lie, by avatar id. */
  readonly rigPaths: Readonly<Record<string, string>>
  /** Where its pictures lie, by the hash of their bytes. */
  readonly mediaPaths: Readonly<Record<string, string>>
  /** What the user should know of how it was heard. */
  readonly notes?: readonly string[]
  /** True where a film gets a new mouth: its frames, its mouth and its motion lie in the folder. */
  readonly isFilm?: boolean
}

/** A film as it lies in a work folder: upright, at a constant rate, in pieces. */
export type Film = {
  readonly canvas: Canvas
  /** Of the film, as far as it is needed. */
  readonly frameCount: number
  /** In each piece, fewer in the last. */
  readonly pieceFrames: number
}

/** A finished video; `byteCount` is that of its first file. */
export type Joined = {
  readonly durationSeconds: number
  readonly byteCount: number
  /** What the user should know of how it was heard, where it was made in one go. */
  readonly notes?: readonly string[]
}

/** Pieces of a film, the last one exclusive. */
export type Span = { readonly fromPiece: number; readonly toPiece: number }

/** Input and output of every task. All paths are absolute. */
export type Tasks = {
  /** Makes a presenter's rig unless it is in the folder already. Progress: 0 to 1. */
  rig: { input: { readonly recipe: PresenterRecipe; readonly folder: string }; output: PreparedRig }
  /** Puts the person of a picture before other backdrops, each a JPEG in the folder. Progress: 0 to 1. */
  redress: {
    input: { readonly picturePath: string; readonly backdrops: readonly Backdrop[]; readonly folder: string }
    output: { readonly paths: readonly string[]; readonly person: PreparedPhoto['person'] }
  }
  /** Makes a photo's rig unless it is in the folder already. Progress: 0 to 1. */
  photo: {
    input: { readonly picturePath: string; readonly pictureHash: string; readonly folder: string }
    output: PreparedPhoto
  }
  /** Speaks and plans a video into a folder. Progress: 0 to 1. */
  prepare: {
    input: {
      readonly spec: VideoSpec
      readonly rigs: Readonly<Record<string, PreparedRig>>
      /** The pictures and clips behind scenes, by scene. */
      readonly media: ReadonlyMap<number, FoundMedia>
      /** The recordings that are heard, by scene. */
      readonly sounds: ReadonlyMap<number, FoundMedia>
      readonly music: FoundMedia | null
      readonly mark: FoundMedia | null
      readonly folder: string
    }
    output: Prepared
  }
  /** Speaks the scene of a film and reads the film into a folder, as far as the sound lasts. Progress: 0 to 1. */
  film: {
    input: {
      readonly scene: Scene
      readonly most: Canvas
      readonly film: FoundMedia
      /** The recordings that are heard, by scene. */
      readonly sounds: ReadonlyMap<number, FoundMedia>
      readonly folder: string
    }
    output: Film
  }
  /** Follows the face through some pieces of a film that lies in a folder, unless that is done. Progress: 0 to 1. */
  track: { input: Span & { readonly folder: string }; output: null }
  /** Plans a film's new mouth once its face is followed. Progress: 0 to 1. */
  dub: {
    input: {
      readonly spec: VideoSpec
      readonly filmHash: string
      readonly folder: string
      readonly spans: readonly Span[]
    }
    output: Prepared
  }
  /** Finds the frame of a film that shows its person best, and writes it as a PNG. Progress: 0 to 1. */
  portrait: { input: { readonly filmPath: string; readonly picturePath: string }; output: null }
  /** Says how many frames each scene of a video would have. Progress: 0 to 1. */
  rehearse: {
    input: {
      readonly spec: VideoSpec
      readonly media: ReadonlyMap<number, FoundMedia>
      readonly sounds: ReadonlyMap<number, FoundMedia>
    }
    output: { readonly frameCounts: readonly number[] }
  }
  /** Renders one segment of a prepared video into the cache unless it is there. Progress: frames. */
  segment: { input: { readonly folder: string; readonly index: number; readonly cacheFolder: string }; output: null }
  /** Opens the painter of a scene, so that the first of its segments begins at once. */
  scenery: {
    input: {
      readonly canvas: Canvas
      readonly scene: {
        readonly character: (Look & { readonly avatarId: string; readonly isSharpened?: boolean }) | null
        readonly background: PlannedBackground
      }
      readonly mark: PlannedMark | null
      readonly rigPaths: Readonly<Record<string, string>>
      readonly mediaPaths: Readonly<Record<string, string>>
    }
    output: null
  }
  /** Encodes the sound of a prepared video into its folder unless that is done. */
  sound: { input: { readonly folder: string }; output: null }
  /** Joins a prepared video whose segments are all in the cache. Progress: 0 to 1. */
  join: {
    input: {
      readonly folder: string
      readonly cacheFolder: string
      /** Where the outputs go, in their order. */
      readonly outPaths: readonly string[]
      readonly coverPath: string | null
    }
    output: Joined
  }
  /** Paints an avatar at rest as a JPEG. */
  cover: {
    input: { readonly avatarId: string; readonly rig: PreparedRig; readonly canvas: Canvas; readonly path: string }
    output: null
  }
  /** Speaks a short sample as a WAV file. */
  sample: { input: { readonly voiceId: string; readonly path: string }; output: null }
}
export type TaskName = keyof Tasks

/** What a task may tell and hear while it runs. */
export type TaskContext = { readonly signal: AbortSignal; readonly report: (progress: number) => void }

/** From the parent to a render process. */
export type ToChild =
  | { readonly type: 'run'; readonly id: number; readonly name: TaskName; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'warm' }

/** From a render process to the parent. */
export type FromChild =
  | { readonly type: 'progress'; readonly id: number; readonly progress: number }
  | { readonly type: 'done'; readonly id: number; readonly output: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly error: SentError }

/** An error as data. `kind` is null where it is no Fault. */
export type SentError = {
  readonly kind: string | null
  readonly field: string | null
  readonly reason: string | null
  readonly message: string
  readonly stack: string
  readonly cause: SentError | null
}
