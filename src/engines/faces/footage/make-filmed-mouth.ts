// One frame of footage becomes the mouth that is laid over all of them: a photo's rig, cut down to the lower face.
import { type FilmedMouth, NEAR_POINTS, TRACKED_POINTS } from '../../../core/footage.ts'
import type { Rig, RigLayer, TexturePlanes } from '../../../core/rig.ts'
import { fade, mix, smoothstep } from '../photo/ease.ts'
import { type FaceFrame, landmark, MILLIMETRE, measureFace, outsideFace } from '../photo/face-frame.ts'
import { LEFT_EYE, LIPS, POINT, RIGHT_EYE } from '../photo/landmark-sets.ts'
import { makePhotoRig } from '../photo/make-photo-rig.ts'
import { distanceToOutline } from '../photo/outline.ts'
import type { Photo } from '../photo/photo.ts'
import { takeTriangles } from '../presenter/grid.ts'

/** A mouth, and the places in its rig that landmarks of the face are followed to. */
export type FilmedFace = {
  readonly mouth: FilmedMouth
  /** Landmarks that the head carries whatever the mouth does: number, then x, y, z in rig pixels and weight. */
  readonly firm: readonly (readonly [index: number, x: number, y: number, z: number, weight: number])[]
  /** Landmarks that are followed, as {@link FilmedMouth.near} counts them: number and place with the lips closed. */
  readonly followed: readonly (readonly [index: number, x: number, y: number, z: number])[]
  /** The turn of the head in the frame that it was made of, in radians. */
  readonly yaw: number
}

const mm = MILLIMETRE
/**
 * The mouth's own picture is shown up to this far from the lips, and gone further out, millimetres: above them and beside
 * them, and under them, where a lip of the film that hangs lower must not show.
 */
const OWN_PICTURE = { above: [2, 7], below: [6, 13] } as const
/** Between above and below lies this much, millimetres. */
const HALFWAY = 5
/** Skin is moved up to this far above the base of the nose, and not at all further up. */
const MOVED_ABOVE = [3, 22] as const
/** The skin of the film gives way up to this far outside the outline of the face, as mouth shapes do. */
const GIVES_WAY = 42
/** Landmarks nearer to the mouth say more about where it is. */
const FIRM_REACH = 75
/** Landmarks further from the mouth are not followed. */
const FOLLOWED_REACH = 95
/** Where film and picture are compared, millimetres from the lips. */
const RING = [3, 13] as const
const RING_POINTS = 90
/** The corners of the lips among the landmarks. */
const POINT_OF = { leftCorner: 61, rightCorner: 291 } as const

const LIDS_AND_BROWS: ReadonlySet<number> = new Set(
  [LEFT_EYE, RIGHT_EYE].flatMap((eye) => [...eye.upperLid, ...eye.lowerLid, ...eye.upperBrow, ...eye.lowerBrow]),
)
const INNER_LIPS: ReadonlySet<number> = new Set([...LIPS.upperInner, ...LIPS.lowerInner])

/**
 * Makes the mouth of a frame.
 * @param photo the part of the frame round the head, opaque throughout. @throws Fault as {@link makePhotoRig}.
 */
export function makeFilmedMouth(photo: Photo): FilmedFace {
  const whole = makePhotoRig(photo)
  const face = measureFace(photo)
  const lips = [LIPS.upperOuter, LIPS.lowerOuter.slice(1, -1).toReversed()].flat()
  const outline = Float32Array.from(lips.flatMap((i) => [landmark(face, i).x, landmark(face, i).y]))
  const nose = landmark(face, POINT.noseBase)
  const middle = {
    x: (whole.mouth.left.x + whole.mouth.right.x) / 2,
    y: (whole.mouth.left.y + whole.mouth.right.y) / 2,
  }
  /** Millimetres below the base of the nose, along the face. */
  const belowNose = (x: number, y: number) => ((x - nose.x) * face.down.x + (y - nose.y) * face.down.y) / mm
  const reachAt = (x: number, y: number) => fade(MOVED_ABOVE[0], MOVED_ABOVE[1], -belowNose(x, y))
  const holdAt = (x: number, y: number) => fade(0, GIVES_WAY, outsideFace(face, x, y))

  const skin = whole.layers.findLast(({ name }) => name === 'face')!
  const wanted = Uint8Array.from({ length: skin.positions.length / 3 }, (_, v) => {
    const [x, y] = [skin.positions[v * 3]!, skin.positions[v * 3 + 1]!]
    return reachAt(x, y) > 0 && holdAt(x, y) > 0 ? 1 : 0
  })
  const layer = takeTriangles(skin, (t) => [0, 1, 2].some((k) => wanted[skin.triangles[t * 3 + k]!]))
  const count = layer.positions.length / 3
  const at = (v: number) => [layer.positions[v * 3]!, layer.positions[v * 3 + 1]!] as const
  const scale = whole.width / layer.texture.width
  const closed = closeLandmarks(face, layer, scale)
  const followed = closed.filter(
    ([i, x, y]) => !INNER_LIPS.has(i) && Math.hypot(x - middle.x, y - middle.y) < FOLLOWED_REACH * mm,
  )
  const { near, weights } = nearest(layer, followed)
  const ring = ringOf(layer, outline, scale)
  return {
    mouth: {
      rig: { ...whole, backdrop: null, layers: [...insideOf(whole), layer] },
      mask: maskOf(layer.texture, outline, scale, face),
      hold: Float32Array.from({ length: count }, (_, v) => holdAt(...at(v))),
      reach: Float32Array.from({ length: count }, (_, v) => reachAt(...at(v))),
      near,
      nearWeights: weights,
      pointCount: followed.length,
      ring,
      ringColours: coloursAt(layer, ring),
    },
    firm: closed.flatMap(([i, x, y, z]) => {
      if (LIDS_AND_BROWS.has(i) || belowNose(x, y) > 1) return []
      const far = Math.hypot(x - middle.x, y - middle.y) / (FIRM_REACH * mm)
      return [[i, x, y, z, Math.exp(-far * far)] as const]
    }),
    followed,
    yaw: photo.pose.yaw,
  }
}

const INSIDE: ReadonlySet<string> = new Set(['mouthInside', 'tongue', 'lowerTeeth', 'upperTeeth'])

function insideOf(rig: Rig): readonly RigLayer[] {
  return rig.layers.filter(({ name }) => INSIDE.has(name))
}

/** Landmarks where they lie once the lips are closed: they go with the skin next to them. */
function closeLandmarks(
  face: FaceFrame,
  { positions, uvs }: RigLayer,
  scale: number,
): (readonly [number, number, number, number])[] {
  return Array.from({ length: TRACKED_POINTS }, (_, i) => {
    const { x, y, z } = landmark(face, i)
    let [best, least] = [0, Number.POSITIVE_INFINITY]
    for (let v = 0; v * 2 < uvs.length; v++) {
      const far = (uvs[v * 2]! * scale - x) ** 2 + (uvs[v * 2 + 1]! * scale - y) ** 2
      if (far < least) [best, least] = [v, far]
    }
    if (least > (12 * mm) ** 2) return [i, x, y, z]
    return [
      i,
      x + positions[best * 3]! - uvs[best * 2]! * scale,
      y + positions[best * 3 + 1]! - uvs[best * 2 + 1]! * scale,
      z,
    ]
  })
}

/** For each vertex the followed points nearest to it; the nearer, the heavier. */
function nearest(
  { positions }: RigLayer,
  followed: readonly (readonly [number, number, number, number])[],
): { near: Uint16Array; weights: Float32Array } {
  const count = positions.length / 3
  const near = new Uint16Array(count * NEAR_POINTS)
  const weights = new Float32Array(count * NEAR_POINTS)
  for (let v = 0; v < count; v++) {
    const order = followed
      .map(([, x, y], point) => ({ point, far: Math.hypot(x - positions[v * 3]!, y - positions[v * 3 + 1]!) }))
      .sort((a, b) => a.far - b.far)
      .slice(0, NEAR_POINTS)
    // As wide as the points lie apart there.
    const soft = Math.max(2 * mm, order[2]!.far * 0.7)
    const raw = order.map(({ far }) => Math.exp(-0.5 * ((far - order[0]!.far) / soft) * ((far + order[0]!.far) / soft)))
    const total = raw.reduce((sum, value) => sum + value, 0)
    order.forEach(({ point }, k) => {
      near[v * NEAR_POINTS + k] = point
      weights[v * NEAR_POINTS + k] = raw[k]! / total
    })
  }
  return { near, weights }
}

/** Luma 255 on and next to the lips, 0 away from them. @param outline of the lips in the picture, rig pixels. */
function maskOf(
  { width, height }: TexturePlanes,
  outline: Float32Array,
  scale: number,
  face: FaceFrame,
): TexturePlanes {
  const luma = new Uint8Array(width * height)
  const far = OWN_PICTURE.below[1] * mm
  const range = (first: 0 | 1, most: number) => {
    const own = outline.filter((_, i) => i % 2 === first)
    const [least, last] = [Math.min(...own) - far, Math.max(...own) + far]
    return [Math.max(0, Math.floor(least / scale)), Math.min(most, Math.ceil(last / scale))] as const
  }
  const [left, right] = range(0, width)
  const [top, bottom] = range(1, height)
  const corners = [POINT_OF.leftCorner, POINT_OF.rightCorner].map((i) => landmark(face, i))
  const middle = { x: (corners[0]!.x + corners[1]!.x) / 2, y: (corners[0]!.y + corners[1]!.y) / 2 }
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const [x, y] = [(column + 0.5) * scale, (row + 0.5) * scale]
      const under = ((x - middle.x) * face.down.x + (y - middle.y) * face.down.y) / mm
      const low = smoothstep(-HALFWAY, HALFWAY, under)
      const [full, none] = [0, 1].map((k) => mix(OWN_PICTURE.above[k]!, OWN_PICTURE.below[k]!, low))
      luma[row * width + column] = Math.round(255 * fade(full!, none!, distanceToOutline(outline, x, y) / mm))
    }
  }
  const grey = new Uint8Array((width / 2) * (height / 2)).fill(128)
  return { width, height, y: luma, u: grey, v: grey, a: null, ac: null }
}

/** Skin vertices a little away from the lips, evenly chosen. */
function ringOf({ uvs }: RigLayer, outline: Float32Array, scale: number): Uint32Array {
  const found: number[] = []
  for (let v = 0; v * 2 < uvs.length; v++) {
    const away = distanceToOutline(outline, uvs[v * 2]! * scale, uvs[v * 2 + 1]! * scale) / mm
    if (away >= RING[0] && away <= RING[1]) found.push(v)
  }
  const step = Math.max(1, found.length / RING_POINTS)
  return Uint32Array.from({ length: Math.min(found.length, RING_POINTS) }, (_, i) => found[Math.floor(i * step)]!)
}

/** Y, U and V of a texture at vertices, each the mean of a few texels. */
function coloursAt({ texture, uvs }: RigLayer, vertices: Uint32Array): Float32Array {
  const { width, height, y, u, v } = texture
  const mean = (plane: Uint8Array, columns: number, rows: number, x: number, top: number, reach: number) => {
    let [sum, count] = [0, 0]
    for (let row = Math.floor(top) - reach; row <= Math.floor(top) + reach; row++) {
      for (let column = Math.floor(x) - reach; column <= Math.floor(x) + reach; column++) {
        if (row < 0 || column < 0 || row >= rows || column >= columns) continue
        sum += plane[row * columns + column]!
        count++
      }
    }
    return count ? sum / count : 0
  }
  const out = new Float32Array(vertices.length * 3)
  vertices.forEach((vertex, i) => {
    const [x, top] = [uvs[vertex * 2]!, uvs[vertex * 2 + 1]!]
    out[i * 3] = mean(y, width, height, x, top, 2)
    out[i * 3 + 1] = mean(u, width / 2, height / 2, x / 2, top / 2, 1)
    out[i * 3 + 2] = mean(v, width / 2, height / 2, x / 2, top / 2, 1)
  })
  return out
}

/** How far a face may be turned for its new mouth to be shown whole, and at all, in radians. */
const TURNED = [0.7, 0.95] as const

/** 1 for a face seen from the front, 0 in profile. */
export function showsMouth(yaw: number): number {
  return 1 - smoothstep(TURNED[0], TURNED[1], Math.abs(yaw))
}
