// Gives a filmed face a new mouth: the film's own skin is bent to where the new mouth puts it, the mouth is laid over it.
import { type FilmedMouth, type FilmedPose, NEAR_POINTS } from '../../core/footage.ts'
import type { RigLayer, TexturePlanes } from '../../core/rig.ts'
import type { Canvas } from '../../core/spec.ts'
import { type Kernel, loadKernel, startKernel } from './kernel.ts'
import { matchLight } from './match-light.ts'
import { borderedBytes, borderPlane, packedBytes, packPlane, TRIANGLE_KINDS } from './pack-texture.ts'
import { shaped } from './pose-rig.ts'
import { uploadRig } from './upload-rig.ts'

/** A frame of film: planar 4:2:0, BT.709 limited range, rows without gaps. */
export type FilmFrame = { readonly y: Uint8Array; readonly u: Uint8Array; readonly v: Uint8Array }

/** Paints over one frame at a time. */
export type FilmPainter = {
  /**
   * The frame with the mouth in these shapes; its planes are views that the next call overwrites.
   * @param shapes SHAPE_COUNT weights.
   */
  paint(frame: FilmFrame, pose: FilmedPose, shapes: Float32Array): FilmFrame
}

/** What stands for the inside of the mouth in the mask: all of it is shown. */
const SHOWN: TexturePlanes = {
  width: 4,
  height: 4,
  y: new Uint8Array(16).fill(255),
  u: new Uint8Array(4).fill(128),
  v: new Uint8Array(4).fill(128),
  a: null,
  ac: null,
}
/** Pixels round a piece of film that is bent which are taken along. */
const MARGIN = 4

/** Opens a painter for frames of one size. @param kernel the compiled kernel, where the caller has it already. */
export async function openFilmPainter(
  mouth: FilmedMouth,
  { width, height }: Pick<Canvas, 'width' | 'height'>,
  compiled?: WebAssembly.Module,
): Promise<FilmPainter> {
  const kernel = startKernel(compiled ?? (await loadKernel()))
  const sizes = [width * height, (width / 2) * (height / 2), (width / 2) * (height / 2)]
  const [film, picture, mask] = [0, 1, 2].map(() => sizes.map((size) => kernel.allocate(size)))
  const view = (planes: readonly number[], plane: number) =>
    new Uint8Array(kernel.memory.buffer, planes[plane]!, sizes[plane]!)
  const { rig } = mouth
  const skin = rig.layers.at(-1)!
  const skinAt = rig.layers.length - 1
  const count = mouth.hold.length
  const painted = uploadRig(kernel, rig)
  const hollow = rig.layers.findIndex(({ name }) => name === 'mouthInside')
  const masked = uploadRig(kernel, {
    ...rig,
    layers: [
      { ...rig.layers[hollow]!, texture: SHOWN, uvs: rig.layers[hollow]!.uvs.map(() => 2) },
      { ...skin, texture: mouth.mask },
    ],
  })
  const bend = openBending(kernel, skin, width, height)
  const from = new Float32Array(count * 2)
  const to = new Float32Array(count * 2)

  /** Where the skin lies in the film, and where the new mouth puts it. */
  function placeSkin({ camera, moved, sure }: FilmedPose, positions: Float32Array): void {
    const { hold, reach, near, nearWeights } = mouth
    for (let v = 0; v < count; v++) {
      const [x, y, z] = [skin.positions[v * 3]!, skin.positions[v * 3 + 1]!, skin.positions[v * 3 + 2]!]
      const [dx, dy, dz] = [positions[v * 3]! - x, positions[v * 3 + 1]! - y, positions[v * 3 + 2]! - z]
      for (let k = 0; k < 2; k++) {
        const c = k * 4
        let own = 0
        for (let n = v * NEAR_POINTS; n < (v + 1) * NEAR_POINTS; n++) own += nearWeights[n]! * moved[near[n]! * 2 + k]!
        own *= hold[v]!
        const still = camera[c]! * x + camera[c + 1]! * y + camera[c + 2]! * z + camera[c + 3]!
        const shift = camera[c]! * dx + camera[c + 1]! * dy + camera[c + 2]! * dz
        from[v * 2 + k] = still + own
        to[v * 2 + k] = still + own + (shift - own) * reach[v]! * sure
      }
    }
  }

  function project(camera: Float32Array, positions: Float32Array, out: Float32Array): void {
    for (let v = 0; v * 2 < out.length; v++) {
      const [x, y, z] = [positions[v * 3]!, positions[v * 3 + 1]!, positions[v * 3 + 2]!]
      for (let k = 0; k < 2; k++) {
        const c = k * 4
        out[v * 2 + k] = camera[c]! * x + camera[c + 1]! * y + camera[c + 2]! * z + camera[c + 3]!
      }
    }
  }

  return {
    paint(frame, pose, shapes) {
      const source = [frame.y, frame.u, frame.v]
      for (let plane = 0; plane < 3; plane++) view(film!, plane).set(source[plane]!)
      if (pose.sure > 0) {
        placeSkin(pose, shaped(skin, shapes))
        bend(frame, from, to, film!)
        const points = painted.points()
        const marks = masked.points()
        for (const [index, layer] of rig.layers.entries()) {
          if (index === skinAt) points[index]!.set(to)
          else project(pose.camera, shaped(layer, shapes), points[index]!)
        }
        marks[0]!.set(points[hollow]!)
        marks[1]!.set(to)
        const box = boxAround(to, width, height)
        for (const plane of [0, 1, 2]) copyRows(kernel, film!, picture!, plane, width, box)
        view(mask!, 0).fill(0, box.top * width, box.bottom * width)
        kernel.frame(picture![0]!, picture![1]!, picture![2]!, width, 0, height)
        painted.paint()
        kernel.frame(mask![0]!, mask![1]!, mask![2]!, width, 0, height)
        masked.paint()
        const planes = [0, 1, 2].map((plane) => view(film!, plane))
        const light = matchLight(planes, width, height, to, mouth)
        layMouth(
          planes,
          [0, 1, 2].map((plane) => view(picture!, plane)),
          view(mask!, 0),
          width,
          box,
          light,
          pose.sure,
        )
      }
      return { y: view(film!, 0), u: view(film!, 1), v: view(film!, 2) }
    },
  }
}

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** Even numbers within the frame. */
function boxAround(points: Float32Array, width: number, height: number): Box {
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]!)
    right = Math.max(right, points[i]!)
    top = Math.min(top, points[i + 1]!)
    bottom = Math.max(bottom, points[i + 1]!)
  }
  const even = (value: number, most: number) => Math.max(0, Math.min(most, 2 * Math.round(value / 2)))
  return {
    left: even(left - MARGIN, width),
    top: even(top - MARGIN, height),
    right: even(right + MARGIN, width),
    bottom: even(bottom + MARGIN, height),
  }
}

function copyRows(
  kernel: Kernel,
  from: readonly number[],
  to: readonly number[],
  plane: number,
  width: number,
  box: Box,
) {
  const side = plane === 0 ? 1 : 2
  const columns = (box.right - box.left) / side
  const rows = (box.bottom - box.top) / side
  kernel.copyBox(from[plane]!, to[plane]!, width / side, box.left / side, box.top / side, columns, rows)
}

/** Draws a piece of film bent: each vertex goes from where it lies in the frame to where it shall lie. */
function openBending(kernel: Kernel, skin: RigLayer, width: number, height: number) {
  const luma = kernel.allocate(packedBytes(width, height, 1))
  const chroma = kernel.allocate(packedBytes(width / 2, height / 2, 2))
  const plain = [0, 1, 2].map((k) =>
    kernel.allocate(k === 0 ? borderedBytes(width, height) : borderedBytes(width / 2, height / 2)),
  )
  const count = skin.positions.length / 3
  const points = kernel.allocate(count * 8)
  const uvs = kernel.allocate(count * 8)
  const triangles = kernel.allocate(skin.triangles.byteLength)
  new Uint32Array(kernel.memory.buffer, triangles, skin.triangles.length).set(skin.triangles)
  const kindCount = skin.triangles.length / 3
  const kinds = kernel.allocate(kindCount)
  new Uint8Array(kernel.memory.buffer, kinds, kindCount).fill(TRIANGLE_KINDS.opaque)

  return (frame: FilmFrame, from: Float32Array, to: Float32Array, planes: readonly number[]): void => {
    const box = boxAround(from, width, height)
    const [w, h] = [box.right - box.left, box.bottom - box.top]
    if (w < 4 || h < 4) return
    const y = cut(frame.y, width, box, 1)
    const u = cut(frame.u, width / 2, box, 2)
    const v = cut(frame.v, width / 2, box, 2)
    const bytes = (at: number, length: number) => new Uint8Array(kernel.memory.buffer, at, length)
    packPlane(bytes(luma, packedBytes(w, h, 1)), y, null, w, h)
    packPlane(bytes(chroma, packedBytes(w / 2, h / 2, 2)), u, v, w / 2, h / 2)
    borderPlane(bytes(plain[0]!, borderedBytes(w, h)), y, w, h)
    borderPlane(bytes(plain[1]!, borderedBytes(w / 2, h / 2)), u, w / 2, h / 2)
    borderPlane(bytes(plain[2]!, borderedBytes(w / 2, h / 2)), v, w / 2, h / 2)
    new Float32Array(kernel.memory.buffer, points, count * 2).set(to)
    const texels = new Float32Array(kernel.memory.buffer, uvs, count * 2)
    for (let i = 0; i < texels.length; i += 2) {
      texels[i] = from[i]! - box.left
      texels[i + 1] = from[i + 1]! - box.top
    }
    kernel.frame(planes[0]!, planes[1]!, planes[2]!, width, 0, height)
    kernel.texture(luma, chroma, 0, w, h)
    kernel.planes(plain[0]!, plain[1]!, plain[2]!, 0, 0)
    kernel.paint(points, uvs, triangles, kinds, kindCount, count)
  }
}

function cut(plane: Uint8Array, stride: number, box: Box, side: 1 | 2): Uint8Array {
  const columns = (box.right - box.left) / side
  const rows = (box.bottom - box.top) / side
  const out = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const at = (box.top / side + row) * stride + box.left / side
    out.set(plane.subarray(at, at + columns), row * columns)
  }
  return out
}

/** Lays the mouth's picture, in the film's light, over the film where the mask says so. */
function layMouth(
  film: readonly Uint8Array[],
  picture: readonly Uint8Array[],
  mask: Uint8Array,
  width: number,
  { left, top, right, bottom }: Box,
  light: (plane: 0 | 1 | 2, x: number, y: number) => readonly [gain: number, lift: number],
  sure: number,
): void {
  const half = width / 2
  const over = (plane: 0 | 1 | 2, at: number, alpha: number, gain: number, lift: number) => {
    const below = film[plane]![at]!
    film[plane]![at] = Math.round(
      below + (Math.max(0, Math.min(255, picture[plane]![at]! * gain + lift)) - below) * alpha,
    )
  }
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 2) {
      const at = y * width + x
      const sum = mask[at]! + mask[at + 1]! + mask[at + width]! + mask[at + width + 1]!
      if (sum === 0) continue
      // Light changes slowly: once for four pixels.
      const [gain, lift] = light(0, x + 1, y + 1)
      for (const i of [at, at + 1, at + width, at + width + 1]) {
        if (mask[i]) over(0, i, (mask[i]! / 255) * sure, gain, lift)
      }
      const chroma = (y / 2) * half + x / 2
      for (const plane of [1, 2] as const) {
        const [scale, shift] = light(plane, x + 1, y + 1)
        over(plane, chroma, (sum / 1020) * sure, scale, shift)
      }
    }
  }
}
