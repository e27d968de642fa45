// Paints frames on one thread: background, then the character's layers. Runs in a browser too.
import type { CaptionPicture } from '../../core/captions.ts'
import { NotFound } from '../../core/errors.ts'
import type { FrameState, PlannedBackground } from '../../core/plan.ts'
import type { Rig, TexturePlanes } from '../../core/rig.ts'
import type { Canvas } from '../../core/spec.ts'
import { enlargeRig } from './enlarge-rig.ts'
import { type Kernel, loadKernel, startKernel } from './kernel.ts'
import { type Overlay, type OverlayPress, openOverlayPress } from './lay-over.ts'
import { shrinkRig } from './shrink-rig.ts'
import { type Box, openStage, type Stage } from './stage.ts'
import { type UploadedRig, uploadRig } from './upload-rig.ts'
import { openWindowMask, type WindowMask } from './window.ts'

/** A finished picture: planar 4:2:0, BT.709 limited range, rows without gaps. */
export type YuvFrame = {
  readonly width: number
  readonly height: number
  readonly y: Uint8Array
  readonly u: Uint8Array
  readonly v: Uint8Array
  /** Coverage at full size, 0-255, where the painter paints any; the colours are then straight. */
  readonly a?: Uint8Array
  /** What stands still: pictures with an equal one differ in none but their moving rows. */
  readonly standing: string
  readonly moving: Rows
}

/** Luma rows of a picture, even numbers; `end` is past the last. */
export type Rows = { readonly top: number; readonly end: number }

/** Draws what stands behind a character, opaque and in that size: the canvas' or a window's. */
export type DrawBackground = (
  background: PlannedBackground,
  size: Pick<Canvas, 'width' | 'height'>,
  avatarId: string | null,
) => TexturePlanes

/** Draws a caption. */
export type DrawCaption = (caption: CaptionPicture, canvas: Canvas) => Overlay

/** What {@link openPainter} needs. */
export type PainterOptions = {
  readonly canvas: Canvas
  /** By avatar id. */
  readonly rigs: ReadonlyMap<string, Rig>
  /** Asked whenever what stands still changes: the background, the character or its place. */
  readonly background: DrawBackground
  /** Asked whenever the caption changes; needed only where states have captions. */
  readonly caption?: DrawCaption
  /** Lies over every frame, under its caption. */
  readonly mark?: Overlay | undefined
  /** The compiled kernel, where the caller has it already. */
  readonly kernel?: WebAssembly.Module
}

/** Paints one frame at a time. */
export type Painter = {
  readonly canvas: Canvas
  /** The planes are views that the next call overwrites. @throws NotFound where no rig of that avatar was given. */
  paint(state: FrameState): YuvFrame
}

/** Opens a painter; it holds the packed textures of every rig that it has painted, some 9 bytes a texel. */
export async function openPainter(options: PainterOptions): Promise<Painter> {
  return startPainter(startKernel(options.kernel ?? (await loadKernel())), options)
}

/** Tells backgrounds apart: equal keys look equal. */
export function backgroundKey(background: PlannedBackground, avatarId: string | null): string {
  if (background.kind === 'own') return `own:${avatarId ?? ''}`
  if (background.kind === 'none') return 'none'
  const color = background.color.toLowerCase()
  return background.kind === 'color'
    ? `color:${color}`
    : `${background.kind}:${background.hash}:${background.fit}:${color}:${JSON.stringify(background.box ?? null)}`
}

/** Tells captions apart: equal keys look equal. */
export function captionKey(caption: CaptionPicture): string {
  return JSON.stringify(caption)
}

/** The rows in which a picture may differ from another one: all of its `height` where there is no other. */
export function changedRows(
  { standing, moving, height }: Pick<YuvFrame, 'standing' | 'moving' | 'height'>,
  other: Pick<YuvFrame, 'standing' | 'moving'> | null,
): Rows {
  if (other?.standing !== standing) return { top: 0, end: height }
  if (other.moving.top >= other.moving.end) return moving
  if (moving.top >= moving.end) return other.moving
  return { top: Math.min(moving.top, other.moving.top), end: Math.max(moving.end, other.moving.end) }
}

function startPainter(
  kernel: Kernel,
  { canvas, rigs, background, caption: drawCaption, mark }: PainterOptions,
): Painter {
  const { width, height } = canvas
  const frame = openStage(kernel, width, height)
  const uploaded = new Map<string, UploadedRig>()
  const windows = new Map<string, { readonly stage: Stage; readonly mask: WindowMask }>()
  let standing: string | null = null
  /** The moving backdrop that the frame shows, where nothing lies over it. */
  let backdrop: number | null = null
  let press: OverlayPress | null = null
  const markPress = mark ? openOverlayPress(kernel, width, height, mark.texture) : null

  function rigOf({ avatarId, placement, isSharpened }: Character): UploadedRig {
    const rig = rigs.get(avatarId)
    if (!rig) throw new NotFound('prepared avatar', avatarId)
    const small = sizedRig(rig, placement.scale, isSharpened === true)
    const key = `${avatarId} ${small.layers.map(({ texture }) => texture.width)}${isSharpened ? ' sharpened' : ''}`
    const found = uploaded.get(key) ?? uploadRig(kernel, small)
    uploaded.set(key, found)
    return found
  }

  function windowOf(window: NonNullable<Character['window']>) {
    const { background: _, ...place } = window
    const key = JSON.stringify(place)
    const found = windows.get(key) ?? {
      stage: openStage(kernel, place.width, place.height),
      mask: openWindowMask(kernel, place),
    }
    windows.set(key, found)
    return found
  }

  /** Puts up what stands still: the background, and over it the rows of the character that nothing ever moves. */
  function raise(state: FrameState, rig: UploadedRig | null): void {
    const { background: wanted, character } = state
    const avatarId = character?.avatarId ?? null
    const window = character?.window
    const [own, place] = [window ? null : rig, character?.placement ?? null]
    if (state.backdrop) frame.raiseAlone(own, place)
    else frame.raise(background(wanted, canvas, avatarId), own, place)
    if (!window) return
    const { stage } = windowOf(window)
    stage.raise(background(window.background, stage, avatarId), rig, withinWindow(character))
  }

  /** Paints the character. @returns what may change from frame to frame. */
  function cast(character: Character | null, rig: UploadedRig | null): readonly Box[] {
    if (!character?.window) return frame.paint(rig, character?.placement ?? null, character)
    frame.paint(null, null, null)
    const { stage, mask } = windowOf(character.window)
    const changed = mask.lay(stage, frame, stage.paint(rig, withinWindow(character), character))
    frame.cover(mask.box(frame))
    return changed
  }

  /** Lays the mark over the frame: the same in all of them. */
  function stamp(): void {
    if (!mark || !markPress) return
    const { left, top, texture } = markPress.lay('mark', () => mark, frame.front)
    frame.cover({ left, top, right: left + texture.width, bottom: top + texture.height })
  }

  /** Lays the caption over the frame. @returns where. */
  function caption({ caption: wanted }: FrameState): readonly Box[] {
    if (!wanted) return []
    if (!drawCaption) throw new RangeError('This painter was opened without captions.')
    press ??= openOverlayPress(kernel, width, height)
    const { left, top, texture } = press.lay(captionKey(wanted), () => drawCaption(wanted, canvas), frame.front)
    const box = { left, top, right: left + texture.width, bottom: top + texture.height }
    frame.cover(box)
    return [box]
  }

  return {
    canvas,
    paint(state) {
      const { character } = state
      const rig = character && rigOf(character)
      const key = standingKey(state)
      if (key !== standing) {
        raise(state, rig)
        backdrop = null
      }
      standing = key
      if (state.backdrop && state.backdrop.id !== backdrop) frame.raiseMoving(state.backdrop.picture)
      backdrop = mark || state.caption || character?.window ? null : (state.backdrop?.id ?? null)
      const cover = cast(character, rig)
      stamp()
      const boxes = [...cover, ...caption(state)]
      const [y, u, v] = frame.front.map(
        (at, plane) => new Uint8Array(kernel.memory.buffer, at, (width * height) / (plane === 0 ? 1 : 4)),
      )
      const everything = { top: 0, end: height }
      const moving = state.backdrop
        ? everything
        : boxes.length > 0
          ? { top: Math.min(...boxes.map(({ top }) => top)), end: Math.max(...boxes.map(({ bottom }) => bottom)) }
          : { top: 0, end: 0 }
      return { width, height, y: y!, u: u!, v: v!, standing: key, moving }
    },
  }
}

type Character = NonNullable<FrameState['character']>

/** A character's place on the stage of its window. */
export function withinWindow({
  placement: { scale, x, y },
  window,
}: Pick<Character, 'placement' | 'window'>): Character['placement'] {
  return { scale, x: x - (window?.left ?? 0), y: y - (window?.top ?? 0) }
}

const sized = new WeakMap<Rig, Map<string, Rig>>()

/** A rig with textures for a scale; made once for each rig and scale. */
function sizedRig(rig: Rig, scale: number, isSharpened: boolean): Rig {
  const known = sized.get(rig) ?? new Map<string, Rig>()
  sized.set(rig, known)
  const key = `${scale} ${isSharpened}`
  const found = known.get(key) ?? shrinkRig(isSharpened ? enlargeRig(rig, scale) : rig, scale)
  known.set(key, found)
  return found
}

/** Tells apart what stands still behind and under the motion. */
function standingKey({ background, character }: FrameState): string {
  const key = backgroundKey(background, character?.avatarId ?? null)
  if (!character) return key
  const { scale, x, y } = character.placement
  const { window, isSharpened } = character
  const place = `${key} ${character.avatarId} ${scale} ${x} ${y}${isSharpened ? ' sharpened' : ''}`
  return window ? `${place} ${JSON.stringify(window)}` : place
}
