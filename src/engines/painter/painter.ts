// Paints frames on one thread: background, then the character's layers. Runs in a browser too.
import type { CaptionPicture } from '../../core/captions.ts'
import { NotFound } from '../../core/errors.ts'
import { type FrameState, HEAD_CHANNEL_COUNT, type PlannedBackground } from '../../core/plan.ts'
import type { Rig, TexturePlanes } from '../../core/rig.ts'
import { SHAPE_COUNT } from '../../core/shapes.ts'
import type { Canvas } from '../../core/spec.ts'
import { FADE_WIDTHS, MITRE } from './edges.ts'
import { type Kernel, loadKernel, startKernel } from './kernel.ts'
import { type Overlay, type OverlayPress, openOverlayPress } from './lay-over.ts'
import { poseRig } from './pose-rig.ts'
import { stillFrom } from './still-rows.ts'
import { type UploadedRig, uploadRig } from './upload-rig.ts'

/** A finished picture: planar 4:2:0, BT.709 limited range, rows without gaps. */
export type YuvFrame = {
  readonly width: number
  readonly height: number
  readonly y: Uint8Array
  readonly u: Uint8Array
  readonly v: Uint8Array
  /** What stands still: pictures with an equal one differ in none but their moving rows. */
  readonly standing: string
  readonly moving: Rows
}

/** Luma rows of a picture, even numbers; `end` is past the last. */
export type Rows = { readonly top: number; readonly end: number }

/** Draws what stands behind a character, opaque and in the size of the canvas. */
export type DrawBackground = (background: PlannedBackground, canvas: Canvas, avatarId: string | null) => TexturePlanes

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
  const color = background.color.toLowerCase()
  return background.kind === 'color' ? `color:${color}` : `picture:${background.hash}:${background.fit}:${color}`
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

function startPainter(kernel: Kernel, { canvas, rigs, background, caption: drawCaption }: PainterOptions): Painter {
  const { width, height } = canvas
  const sizes = [width * height, (width / 2) * (height / 2), (width / 2) * (height / 2)]
  const strides = [width, width / 2, width / 2]
  const front = sizes.map((size) => kernel.allocate(size))
  const back = sizes.map((size) => kernel.allocate(size))
  const uploaded = new Map<string, UploadedRig>()
  let standing: string | null = null
  let dirty: readonly Box[] = []
  let press: OverlayPress | null = null
  /** Rows from here on are part of what stands still. */
  let floor = height
  /** The pose that the frame shows, where nothing lies over it. */
  let shown: Pick<FrameState, 'character'> | null = null

  function rigOf(avatarId: string): UploadedRig {
    let found = uploaded.get(avatarId)
    if (!found) {
      const rig = rigs.get(avatarId)
      if (!rig) throw new NotFound('prepared avatar', avatarId)
      found = uploadRig(kernel, rig)
      uploaded.set(avatarId, found)
    }
    return found
  }

  function copyRows(from: readonly number[], to: readonly number[], box: Box): void {
    for (const plane of [0, 1, 2]) {
      const side = plane === 0 ? 1 : 2
      kernel.copyBox(
        from[plane]!,
        to[plane]!,
        strides[plane]!,
        box.left / side,
        box.top / side,
        (box.right - box.left) / side,
        (box.bottom - box.top) / side,
      )
    }
  }

  /** Puts up what stands still: the background, and over it the rows of the character that nothing ever moves. */
  function raise({ background: wanted, character }: FrameState, rig: UploadedRig | null): void {
    const picture = background(wanted, canvas, character?.avatarId ?? null)
    if (picture.width !== width || picture.height !== height) {
      throw new RangeError(`A background of ${picture.width} x ${picture.height} does not fit ${width} x ${height}.`)
    }
    for (const [index, plane] of [picture.y, picture.u, picture.v].entries()) {
      new Uint8Array(kernel.memory.buffer, back[index]!, sizes[index]!).set(plane)
    }
    const everything = { left: 0, top: 0, right: width, bottom: height }
    dirty = [everything]
    floor = height
    if (!character || !rig) return
    const { scale, y } = character.placement
    const still = 2 * Math.ceil((stillFrom(rig.rig) * scale + y + STILL_MARGIN) / 2)
    if (still < 0 || still >= height) return
    copyRows(back, front, everything)
    kernel.frame(front[0]!, front[1]!, front[2]!, width, height)
    poseRig(rig.rig, REST_SHAPES, REST_HEAD, character.placement, rig.points())
    rig.paint()
    copyRows(front, back, { left: 0, top: still, right: width, bottom: height })
    floor = still
  }

  /** Lays the caption over the frame. @returns where. */
  function caption(state: FrameState): Box | null {
    const { caption: wanted } = state
    if (!wanted) return null
    if (!drawCaption) throw new RangeError('This painter was opened without captions.')
    press ??= openOverlayPress(kernel, width, height)
    const { left, top, texture } = press.lay(captionKey(wanted), () => drawCaption(wanted, canvas), front)
    return { left, top, right: left + texture.width, bottom: top + texture.height }
  }

  return {
    canvas,
    paint(state) {
      const character = state.character
      const rig = character ? rigOf(character.avatarId) : null
      const key = standingKey(state)
      // The same frame again, now with a caption: what is under it is there.
      const isThere = key === standing && shown !== null && isSamePose(shown.character, character)
      if (key !== standing) {
        raise(state, rig)
        standing = key
      }
      const painted: (Box | null)[] = isThere ? [...dirty] : []
      if (!isThere) {
        for (const box of dirty) copyRows(back, front, box)
        if (character && rig) {
          const points = rig.points()
          poseRig(rig.rig, character.shapes, character.head, character.placement, points)
          painted.push(boxOf(points, width, floor))
          kernel.frame(front[0]!, front[1]!, front[2]!, width, floor)
          rig.paint()
        }
      }
      painted.push(caption(state))
      shown = state.caption ? null : { character: character && copyOf(character) }
      dirty = painted.filter((box) => box !== null)
      const [y, u, v] = front.map((at, index) => new Uint8Array(kernel.memory.buffer, at, sizes[index]!))
      const moving =
        dirty.length > 0
          ? { top: Math.min(...dirty.map(({ top }) => top)), end: Math.max(...dirty.map(({ bottom }) => bottom)) }
          : { top: 0, end: 0 }
      return { width, height, y: y!, u: u!, v: v!, standing: key, moving }
    },
  }
}

/** The still rows begin this far below the lowest thing that moves, canvas pixels: soft edges and small turns. */
const STILL_MARGIN = 6
const REST_SHAPES = new Float32Array(SHAPE_COUNT)
const REST_HEAD = new Float32Array(HEAD_CHANNEL_COUNT)

function isSamePose(one: FrameState['character'], other: FrameState['character']): boolean {
  if (!one || !other) return one === other
  const isEqual = (a: Float32Array, b: Float32Array) => a.every((value, index) => value === b[index])
  return isEqual(one.shapes, other.shapes) && isEqual(one.head, other.head)
}

/** Its arrays may be overwritten by their owner. */
function copyOf(character: NonNullable<FrameState['character']>): NonNullable<FrameState['character']> {
  return { ...character, shapes: character.shapes.slice(), head: character.head.slice() }
}

/** Tells apart what stands still behind and under the motion. */
function standingKey({ background, character }: FrameState): string {
  const key = backgroundKey(background, character?.avatarId ?? null)
  if (!character) return key
  const { scale, x, y } = character.placement
  return `${key} ${character.avatarId} ${scale} ${x} ${y}`
}

/** Pixels, even numbers, within the canvas; right and bottom are past the end. */
type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

function boxOf(layers: readonly Float32Array[], width: number, height: number): Box | null {
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (const points of layers) {
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i]!
      const y = points[i + 1]!
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      if (y > bottom) bottom = y
    }
  }
  const margin = MITRE * FADE_WIDTHS.chroma
  left = Math.max(0, 2 * Math.floor((left - margin) / 2))
  top = Math.max(0, 2 * Math.floor((top - margin) / 2))
  right = Math.min(width, 2 * Math.ceil((right + margin) / 2))
  bottom = Math.min(height, 2 * Math.ceil((bottom + margin) / 2))
  return right > left && bottom > top ? { left, top, right, bottom } : null
}
