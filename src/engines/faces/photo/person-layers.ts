// The person's skin, hair and clothes as layers: one picture on one mesh, soft at the rim, cut open at lips and lids.
import type { RigLayer, TexturePlanes } from '../../../core/rig.ts'
import type { Shape } from '../../../core/shapes.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { sparse, takeTriangles } from '../presenter/grid.ts'
import { smoothstep } from './ease.ts'
import { EYE_SHAPES, type EyeMotion } from './eye-motion.ts'
import { type FaceFrame, MILLIMETRE } from './face-frame.ts'
import { type Filling, fillOpenings } from './fill-openings.ts'
import type { Eye } from './find-eyes.ts'
import type { Lips } from './find-lips.ts'
import type { HeadShape } from './head-shape.ts'
import { MOUTH_SHAPES, type MouthMotion } from './mouth-motion.ts'
import { outlineOf } from './opening-frame.ts'
import { distanceToOutline } from './outline.ts'
import type { PersonMesh } from './person-mesh.ts'
import type { Photo } from './photo.ts'

/** All that moves a face. */
export type Motion = {
  readonly head: HeadShape
  readonly mouth: MouthMotion
  readonly eyes: EyeMotion
  readonly breath: (x: number, y: number) => number
}

/** Alphas nearer than this to nothing or to everything are that: the rest of the picture need not be blended. */
const NEARLY = 10
/** Nearer to the outline of the face than this the matte knows better where the person ends, rig pixels. */
const WELL_INSIDE = 9 * MILLIMETRE
/** Pictures mix what lies on either side of an edge over this distance, rig pixels. */
const EDGE_BLUR = 1.6
/** How dark the line between closed lips is beside them. */
const SEAM_SHADE = 0.42

/** The soft part, then the part that is opaque throughout and has the openings. */
export function personLayers(
  photo: Photo,
  face: FaceFrame,
  lips: Lips,
  eyes: readonly Eye[],
  mesh: PersonMesh,
  motion: Motion,
): RigLayer[] {
  const { places, triangles, mouthSide } = mesh
  const count = mouthSide.length
  const positions = new Float32Array(count * 3)
  const uvs = new Float32Array(count * 2)
  const headWeights = new Float32Array(count)
  const dense = new Map<Shape, Float32Array>()
  const add = (shape: Shape, vertex: number, x: number, y: number, z: number) => {
    const field = dense.get(shape) ?? new Float32Array(count * 3)
    dense.set(shape, field)
    field[vertex * 3]! += x
    field[vertex * 3 + 1]! += y
    field[vertex * 3 + 2]! += z
  }
  const { across, down } = lips.frame
  for (let i = 0; i < count; i++) {
    const [px, py] = [places[i * 2]!, places[i * 2 + 1]!]
    const side = mouthSide[i]!
    const { x, y } = motion.mouth.close(px, py, side)
    positions.set([x, y, motion.head.depthAt(x, y)], i * 3)
    uvs.set([px / face.scale, py / face.scale], i * 2)
    headWeights[i] = motion.head.weightAt(x, y)
    const place = motion.mouth.placeOf(x, y, side)
    const pin = motion.head.pinAt(x, y)
    for (const shape of MOUTH_SHAPES) {
      const [a, b, z] = motion.mouth.shift(shape, place)
      add(shape, i, pin * (across.x * a + down.x * b), pin * (across.y * a + down.y * b), pin * z)
    }
    for (const shape of EYE_SHAPES) add(shape, i, ...(motion.eyes(shape, x, y) as [number, number, number]))
    add('breath', i, 0, -motion.breath(x, y), 0)
  }
  smoothRim(face, positions, triangles)
  const fields: RigLayer['fields'] = Object.fromEntries(
    [...dense].flatMap(([shape, offsets]) => {
      const field = sparse(offsets)
      return field ? [[shape, field]] : []
    }),
  )
  const texture = personTexture(photo, face, lips, eyes)
  const cover = coverOf(texture, uvs, triangles)
  const whole: RigLayer = { name: 'body', texture, positions, uvs, triangles, headWeights, fields }
  const soft = takeTriangles(whole, (t) => cover[t] === 1)
  const solid = takeTriangles(
    { ...whole, name: 'face', texture: { ...texture, a: null, ac: null } },
    (t) => cover[t] === 2,
  )
  return [soft, solid].filter((layer) => layer.triangles.length)
}

/** Passes that even out depth at and outside the outline of the face, where landmarks say little of it. */
const SMOOTHING = 12

function smoothRim(face: FaceFrame, positions: Float32Array, triangles: Uint32Array): void {
  const count = positions.length / 3
  const share = Float32Array.from({ length: count }, (_, i) =>
    smoothstep(-14, 2, distanceToOutline(face.oval, positions[i * 3]!, positions[i * 3 + 1]!) / MILLIMETRE),
  )
  for (let pass = 0; pass < SMOOTHING; pass++) {
    const sum = new Float32Array(count)
    const links = new Float32Array(count)
    for (let t = 0; t < triangles.length; t += 3) {
      for (let k = 0; k < 3; k++) {
        const [a, b] = [triangles[t + k]!, triangles[t + ((k + 1) % 3)]!]
        // Near neighbours count more, so that the mesh's own unevenness does not show.
        const [dx, dy] = [positions[a * 3]! - positions[b * 3]!, positions[a * 3 + 1]! - positions[b * 3 + 1]!]
        const weight = 1 / (Math.hypot(dx, dy) + 1)
        sum[a]! += weight * positions[b * 3 + 2]!
        sum[b]! += weight * positions[a * 3 + 2]!
        links[a]! += weight
        links[b]! += weight
      }
    }
    for (let i = 0; i < count; i++) {
      if (links[i]) positions[i * 3 + 2]! += 0.6 * share[i]! * (sum[i]! / links[i]! - positions[i * 3 + 2]!)
    }
  }
}

/** The photo with its matte; within the face it is opaque, and openings hold the colours of their edges. */
function personTexture(photo: Photo, face: FaceFrame, lips: Lips, eyes: readonly Eye[]): TexturePlanes {
  const { width, height, matte } = photo
  const toPhoto = (outline: Float32Array) => outline.map((value) => value / face.scale)
  const fillings: Filling[] = eyes.map((eye) => ({
    outline: toPhoto(outlineOf(eye.frame, eye.upper, eye.lower)),
    blur: EDGE_BLUR / face.scale,
    shade: 1,
  }))
  // Where closed lips meet there is a dark line, which an open mouth does not show.
  if (lips.isOpen) {
    const outline = toPhoto(outlineOf(lips.frame, lips.upper, lips.lower))
    fillings.push({ outline, blur: EDGE_BLUR / face.scale, shade: SEAM_SHADE })
  }
  const rgb = fillOpenings(photo, fillings)
  const rgba = new Uint8Array(width * height * 4)
  const oval = toPhoto(face.oval)
  const [left, right] = rangeOf(oval, 0)
  const [top, bottom] = rangeOf(oval, 1)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const alpha = matte[i]!
      const nearFace = alpha < 255 && x > left && x < right && y > top && y < bottom
      const inFace = nearFace && distanceToOutline(oval, x + 0.5, y + 0.5) * face.scale < -WELL_INSIDE
      rgba[i * 4] = rgb[i * 3]!
      rgba[i * 4 + 1] = rgb[i * 3 + 1]!
      rgba[i * 4 + 2] = rgb[i * 3 + 2]!
      rgba[i * 4 + 3] = inFace || alpha > 255 - NEARLY ? 255 : alpha < NEARLY ? 0 : alpha
    }
  }
  return rgbaToPlanes(rgba, width, height)
}

/** Least and most of every second number. */
function rangeOf(values: Float32Array, first: 0 | 1): readonly [number, number] {
  const own = values.filter((_, i) => i % 2 === first)
  return [Math.min(...own), Math.max(...own)]
}

/** For each triangle: 0 nothing to see, 1 soft, 2 opaque, next to it too. */
function coverOf({ a, width, height }: TexturePlanes, uvs: Float32Array, triangles: Uint32Array): Uint8Array {
  const alpha = a!
  const cover = new Uint8Array(triangles.length / 3)
  for (let t = 0; t < cover.length; t++) {
    const at = [0, 1, 2].map((k) => triangles[t * 3 + k]! * 2)
    const range = (k: number, margin: number, most: number) => {
      const values = at.map((i) => uvs[i + k]!)
      return [
        Math.max(0, Math.floor(Math.min(...values)) - margin),
        Math.min(most, Math.ceil(Math.max(...values)) + margin),
      ] as const
    }
    const [left, right] = range(0, 2, width)
    const [top, bottom] = range(1, 2, height)
    let every = true
    let some = false
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const value = alpha[y * width + x]!
        if (value > 0) some = true
        if (value < 255) every = false
      }
    }
    cover[t] = every ? 2 : some ? 1 : 0
  }
  return cover
}
