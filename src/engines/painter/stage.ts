// Where a character is painted: what stands still behind it, the picture in work, and what of that changed.
import { type FrameState, HEAD_CHANNEL_COUNT, type Placement } from '../../core/plan.ts'
import type { TexturePlanes } from '../../core/rig.ts'
import { SHAPE_COUNT } from '../../core/shapes.ts'
import { cutOut } from './cut-out.ts'
import { FADE_WIDTHS, MITRE } from './edges.ts'
import type { Kernel } from './kernel.ts'
import { type Overlay, type OverlayPress, openOverlayPress } from './lay-over.ts'
import { HANDS, liftedHands } from './lifted.ts'
import { poseRig } from './pose-rig.ts'
import { stillFrom } from './still-rows.ts'
import type { UploadedRig } from './upload-rig.ts'

/** Pixels, even numbers, within the stage; right and bottom are past the end. */
export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

type Character = NonNullable<FrameState['character']>
type Pose = Pick<Character, 'shapes' | 'head'>

/** A picture in the kernel's memory that characters are painted into, again and again. */
export type Stage = {
  readonly width: number
  readonly height: number
  /** Addresses of y, u and v: the picture. */
  readonly front: readonly number[]
  /** Addresses of y, u and v: what stands still. */
  readonly back: readonly number[]
  /** Puts up what stands behind, and over it the rows of a character that nothing but its hands moves, with these at rest. */
  raise(picture: TexturePlanes, rig: UploadedRig | null, placement: Placement | null): void
  /** As `raise`, where what stands behind is another picture in every frame: see `raiseMoving`. */
  raiseAlone(rig: UploadedRig | null, placement: Placement | null): void
  /** Puts up what stands behind in this frame alone. */
  raiseMoving(picture: Pick<TexturePlanes, 'y' | 'u' | 'v'>): void
  /** Paints a character, or nobody. @returns what differs from what stands still. */
  paint(rig: UploadedRig | null, placement: Placement | null, pose: Pose | null): readonly Box[]
  /** Notes that something lies over the picture in a box. */
  cover(box: Box): void
}

/** Reserves the memory of a stage for good. Sides in pixels, even. */
export function openStage(kernel: Kernel, width: number, height: number): Stage {
  const sizes = [width * height, (width / 2) * (height / 2), (width / 2) * (height / 2)]
  const strides = [width, width / 2, width / 2]
  const front = sizes.map((size) => kernel.allocate(size))
  const back = sizes.map((size) => kernel.allocate(size))
  const everything: Box = { left: 0, top: 0, right: width, bottom: height }
  let dirty: readonly Box[] = []
  /** Rows from here on are part of what stands still. */
  let floor = height
  /** The pose that the picture shows, where nothing lies over it. */
  let shown: Pose | 'nobody' | null = null
  /** What stands behind the character in the rows from the floor on, once hands are to be lifted. */
  let bare: readonly number[] | null = null
  /** By the hands that are lifted: what stands still under them. */
  const lifts = new Map<string, Lift>()
  /** What stands still of a character whose background does not. */
  let alone: Overlay | null = null
  let press: OverlayPress | null = null
  let cuts = 0
  /** Before this picture it is still to be laid. */
  let isBare = false

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

  function put(picture: Pick<TexturePlanes, 'y' | 'u' | 'v'>, planes: readonly number[]): void {
    if (picture.y.length !== width * height || picture.u.length !== (width * height) / 4) {
      throw new RangeError(`A background of ${picture.y.length} pixels does not fit ${width} x ${height}.`)
    }
    for (const [index, plane] of [picture.y, picture.u, picture.v].entries()) {
      new Uint8Array(kernel.memory.buffer, planes[index]!, sizes[index]!).set(plane)
    }
  }

  /** Paints what lifted hands move in the rows from the floor on. @returns where that may be; null where it is nowhere. */
  function paintLifted(rig: UploadedRig, placement: Placement, pose: Pose): Box | null {
    const hands = liftedHands(pose.shapes)
    if (hands.length === 0 || floor >= height) return null
    const { moving, standing, reach } = rig.lifted(hands)
    const box = reach && boxIn(reach, placement, { top: floor, right: width, bottom: height })
    if (!box) return null
    const key = hands.join()
    const lift = lifts.get(key) ?? { planes: sizes.map((size) => kernel.allocate(size)), made: false }
    lifts.set(key, lift)
    if (!lift.made) {
      copyRows(bare!, lift.planes, box)
      kernel.frame(lift.planes[0]!, lift.planes[1]!, lift.planes[2]!, width, floor, height)
      rig.paint(standing)
      lift.made = true
    }
    copyRows(lift.planes, front, box)
    kernel.frame(front[0]!, front[1]!, front[2]!, width, floor, height)
    rig.paint(moving)
    return box
  }

  /** The first of the rows that nothing but its hands moves; null where there are none. */
  function stillRow(rig: UploadedRig, placement: Placement): number | null {
    const lowest = stillFrom(rig.rig, HANDS)
    const row = 2 * Math.ceil((lowest * placement.scale + placement.y + STILL_MARGIN) / 2)
    return row >= 0 && row < height ? row : null
  }

  /** Lays what stands still of a character over a moving background. @returns the row from which on it is there. */
  function layAlone(pose: Pose): number {
    if (!alone || liftedHands(pose.shapes).length > 0) return height
    const overlay = alone
    if (isBare) press?.lay(`${cuts}`, () => overlay, front)
    isBare = false
    return overlay.top
  }

  return {
    width,
    height,
    front,
    back,
    raiseAlone(rig, placement) {
      alone = null
      if (!rig || !placement) return
      const still = stillRow(rig, placement)
      if (still === null) return
      poseRig(rig.rig, REST_SHAPES, REST_HEAD, placement, rig.points())
      const views = () =>
        front.map((at, plane) => new Uint8Array(kernel.memory.buffer, at, sizes[plane]!)) as [
          Uint8Array,
          Uint8Array,
          Uint8Array,
        ]
      alone = cutOut(views, width, height, still, () => {
        kernel.frame(front[0]!, front[1]!, front[2]!, width, still, height)
        rig.paint()
      })
      press ??= openOverlayPress(kernel, width, height)
      cuts++
    },
    raise(picture, rig, placement) {
      put(picture, back)
      dirty = [everything]
      floor = height
      shown = null
      alone = null
      for (const lift of lifts.values()) lift.made = false
      if (!rig || !placement) return
      const still = stillRow(rig, placement)
      if (still === null) return
      const below = { left: 0, top: still, right: width, bottom: height }
      if (hasHands(rig)) {
        bare ??= sizes.map((size) => kernel.allocate(size))
        copyRows(back, bare, below)
      }
      copyRows(back, front, everything)
      kernel.frame(front[0]!, front[1]!, front[2]!, width, 0, height)
      poseRig(rig.rig, REST_SHAPES, REST_HEAD, placement, rig.points())
      rig.paint()
      copyRows(front, back, below)
      floor = still
    },
    raiseMoving(picture) {
      put(picture, front)
      dirty = []
      floor = height
      shown = null
      isBare = true
    },
    paint(rig, placement, pose) {
      // The same pose again: what is asked for is there.
      if (shown !== null && (pose === null ? shown === 'nobody' : isSamePose(shown, pose))) return dirty
      for (const box of dirty) copyRows(back, front, box)
      dirty = []
      shown = pose === null ? 'nobody' : { shapes: pose.shapes.slice(), head: pose.head.slice() }
      if (!rig || !placement || !pose) return dirty
      const points = rig.points()
      poseRig(rig.rig, pose.shapes, pose.head, placement, points)
      const end = Math.min(floor, layAlone(pose))
      const box = boxOf(points, width, floor)
      kernel.frame(front[0]!, front[1]!, front[2]!, width, 0, end)
      rig.paint()
      const lifted = paintLifted(rig, placement, pose)
      dirty = [box, lifted].filter((painted) => painted !== null)
      return dirty
    },
    cover(box) {
      dirty = [...dirty, box]
      shown = null
    },
  }
}

/** The still rows begin this far below the lowest thing that moves, canvas pixels: soft edges and small turns. */
const STILL_MARGIN = 6
const REST_SHAPES = new Float32Array(SHAPE_COUNT)
const REST_HEAD = new Float32Array(HEAD_CHANNEL_COUNT)

/** The rows from the floor on without what lifted hands move, in the kernel's memory. */
type Lift = { readonly planes: readonly number[]; made: boolean }

function hasHands({ rig }: UploadedRig): boolean {
  return rig.layers.some(({ fields }) => HANDS.some((hand) => fields[hand]))
}

/** Where a box of rig pixels lies within rows of the stage, grown to even numbers; null where it lies outside. */
function boxIn(reach: Box, { scale, x, y }: Placement, { top, right, bottom }: Omit<Box, 'left'>): Box | null {
  const even = (down: number, up: number, least: number, most: number) => [
    Math.max(least, 2 * Math.floor(down / 2)),
    Math.min(most, 2 * Math.ceil(up / 2)),
  ]
  const [from, to] = even(reach.left * scale + x, reach.right * scale + x, 0, right)
  const [upper, lower] = even(reach.top * scale + y, reach.bottom * scale + y, top, bottom)
  return to! > from! && lower! > upper! ? { left: from!, top: upper!, right: to!, bottom: lower! } : null
}

function isSamePose(one: Pose | 'nobody', other: Pose): boolean {
  if (one === 'nobody') return false
  const isEqual = (a: Float32Array, b: Float32Array) => a.every((value, index) => value === b[index])
  return isEqual(one.shapes, other.shapes) && isEqual(one.head, other.head)
}

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
