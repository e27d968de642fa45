// The person as the camera sees it: skin and clothes drawn solid, with soft rims, and what is nearest in each pixel.

import { RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import { bandSize, boundsOf, type Canvas, drawBands, OVERSAMPLE, openBands } from './canvas.ts'
import { boxBlur } from './filters.ts'
import { develop, LAMPS } from './light.ts'
import { hash, noise3, smoothstep } from './noise.ts'
import { samplePicture } from './picture.ts'
import { clearSurface, type DepthMap, drawSurface, fillDepth, openSurface, type Surface } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
import { type SkinMap, sampleSkin } from './skin.ts'
import type { Turns } from './turns.ts'
import { LIGHT_STRIDE } from './visibility.ts'

/** A part and those of its triangles that a picture shows. */
export type Shown = { readonly part: ScenePart; readonly triangles: Uint32Array }

/** How near what is nearest lies in each rig pixel, what stands `before` counted in; in shared memory. */
export function findNearest(shown: readonly Shown[], before?: DepthMap): DepthMap {
  const depth = new Float32Array(new SharedArrayBuffer(RIG_WIDTH * RIG_HEIGHT * Float32Array.BYTES_PER_ELEMENT))
  if (before) depth.set(before.depth)
  else depth.fill(Number.NEGATIVE_INFINITY)
  const nearest = { width: RIG_WIDTH, height: RIG_HEIGHT, depth }
  for (const { part, triangles } of shown) fillDepth(nearest, part.screen, triangles)
  return nearest
}

/** Whether there is anything in a pixel. */
export const isSeen = ({ depth }: DepthMap, pixel: number): boolean => depth[pixel]! > Number.NEGATIVE_INFINITY

/** Draws parts as the camera sees them, in those bands of a canvas that fall to this thread. */
export function drawFront(
  scene: Scene,
  shown: readonly Shown[],
  maps: readonly SkinMap[],
  canvas: Canvas,
  turns: Turns,
): void {
  const meshes = shown.map(({ part, triangles }) => ({ screen: part.screen, triangles }))
  const bounds = boundsOf(meshes)
  const { width, height } = bandSize(bounds)
  const surface = openSurface(width, height)
  const shaders = shown.map(({ part }) =>
    part.kind === 'skin' ? openSkinLookup(part, maps, surface) : openClothShader(scene, part, surface),
  )
  const bandsOf = meshes.map((mesh) => openBands(mesh, bounds))
  drawBands(canvas, bounds, turns, (band) => {
    clearSurface(surface, band.height)
    const bases: number[] = []
    const drawn: Uint32Array[] = []
    let base = 0
    for (const meshIn of bandsOf) {
      const { corners, triangles } = meshIn(band)
      bases.push(base)
      drawn.push(triangles)
      drawSurface(surface, corners, triangles, base)
      base += triangles.length / 3
    }
    bases.push(base)
    const out = new Float32Array(4)
    const { width, height, samples } = band
    for (let top = 0; top < height; top += OVERSAMPLE) {
      for (let left = 0; left < width; left += OVERSAMPLE) {
        // Samples of one pixel on one triangle look alike: the first one's colour does for all.
        let shaded = -1
        for (let k = 0; k < OVERSAMPLE * OVERSAMPLE; k++) {
          const sample = (top + (k >> 1)) * width + left + (k & 1)
          const id = surface.triangle[sample]!
          if (id < 0) continue
          if (id !== shaded) {
            let index = 0
            while (id >= bases[index + 1]!) index++
            const triangles = drawn[index]!
            const t = (id - bases[index]!) * 3
            out[3] = 1
            shaders[index]!(triangles[t]!, triangles[t + 1]!, triangles[t + 2]!, sample, out)
            shaded = id
          }
          const alpha = out[3]!
          const to = sample * 4
          samples[to] = out[0]! * alpha
          samples[to + 1] = out[1]! * alpha
          samples[to + 2] = out[2]! * alpha
          samples[to + 3] = alpha
        }
      }
    }
  })
}

/** Gives the colour of a sample of a surface where it shows the triangle of three vertices. */
type Shader = (a: number, b: number, c: number, sample: number, out: Float32Array) => void

function openSkinLookup(part: ScenePart, maps: readonly SkinMap[], { b1, b2 }: Surface): Shader {
  const { uvs } = part.fine
  return (a, b, c, sample, out) => {
    const w1 = b1[sample]!
    const w2 = b2[sample]!
    const w0 = 1 - w1 - w2
    const u = w0 * uvs[a * 2]! + w1 * uvs[b * 2]! + w2 * uvs[c * 2]!
    const v = w0 * uvs[a * 2 + 1]! + w1 * uvs[b * 2 + 1]! + w2 * uvs[c * 2 + 1]!
    for (const map of maps) if (sampleSkin(map, u, v, out)) return
    out[3] = 0
  }
}

function openClothShader(scene: Scene, part: ScenePart, { b1, b2 }: Surface): Shader {
  const { fine, light, picture } = part
  const { positions, normals, uvs } = fine
  const { tint } = part.source
  const texel = new Float32Array(4)
  const p = [0, 0, 0]
  const n = [0, 0, 0]
  const lit = new Float32Array(LIGHT_STRIDE)
  const [ex, ey, ez] = scene.camera.eye
  return (a, b, c, sample, out) => {
    const w1 = b1[sample]!
    const w2 = b2[sample]!
    const w0 = 1 - w1 - w2
    for (let k = 0; k < 3; k++) {
      p[k] = w0 * positions[a * 3 + k]! + w1 * positions[b * 3 + k]! + w2 * positions[c * 3 + k]!
      n[k] = w0 * normals[a * 3 + k]! + w1 * normals[b * 3 + k]! + w2 * normals[c * 3 + k]!
    }
    for (let k = 0; k < LIGHT_STRIDE; k++) {
      lit[k] = w0 * light[a * LIGHT_STRIDE + k]! + w1 * light[b * LIGHT_STRIDE + k]! + w2 * light[c * LIGHT_STRIDE + k]!
    }
    const u = w0 * uvs[a * 2]! + w1 * uvs[b * 2]! + w2 * uvs[c * 2]!
    const v = w0 * uvs[a * 2 + 1]! + w1 * uvs[b * 2 + 1]! + w2 * uvs[c * 2 + 1]!
    if (picture) samplePicture(picture, u, v, texel)
    else texel.fill(1)
    let [nx, ny, nz] = [n[0]!, n[1]!, n[2]!]
    const vx = ex - p[0]!
    const vy = ey - p[1]!
    const vz = ez - p[2]!
    if (nx * vx + ny * vy + nz * vz < 0) [nx, ny, nz] = [-nx, -ny, -nz]
    const nl = Math.sqrt(nx * nx + ny * ny + nz * nz) || 1
    const vl = Math.sqrt(vx * vx + vy * vy + vz * vz)
    const facing = Math.max(0, (nx * vx + ny * vy + nz * vz) / (nl * vl))
    // Threads: a fine weave that the eye feels rather than sees, and slow unevenness.
    const weave =
      0.5 *
        (hash(Math.floor(p[0]! * 130), Math.floor(p[1]! * 60), 1, 5) +
          hash(Math.floor(p[0]! * 60), Math.floor(p[1]! * 130), 2, 5)) -
      0.5
    const grain = 1 + 0.1 * weave + 0.03 * noise3(p[0]! * 9, p[1]! * 9, p[2]! * 9, 11)
    // Deep folds get a little light from the cloth around them.
    let dr = 0.05 + 0.95 * lit[LAMPS.length]!
    let dg = 0.05 + 0.95 * lit[LAMPS.length + 1]!
    let db = 0.05 + 0.95 * lit[LAMPS.length + 2]!
    const fuzz = (1 - facing) ** 3 * 0.05
    let [sr, sg, sb] = [dr * fuzz, dg * fuzz, db * fuzz]
    for (let l = 0; l < LAMPS.length; l++) {
      const { direction: d, colour } = LAMPS[l]!
      const cosine = (nx * d[0] + ny * d[1] + nz * d[2]) / nl
      const lambert = Math.max(0, (cosine + 0.12) / 1.12) * lit[l]!
      if (lambert === 0) continue
      dr += colour[0] * lambert
      dg += colour[1] * lambert
      db += colour[2] * lambert
      const hx = d[0] + vx / vl
      const hy = d[1] + vy / vl
      const hz = d[2] + vz / vl
      const nh = Math.max(0, (nx * hx + ny * hy + nz * hz) / (nl * Math.sqrt(hx * hx + hy * hy + hz * hz)))
      const nh2 = nh * nh
      const nh4 = nh2 * nh2
      const gloss = nh4 * nh4 * nh4 * nh2 * 0.035 * lambert
      sr += colour[0] * gloss
      sg += colour[1] * gloss
      sb += colour[2] * gloss
    }
    out[0] = develop(texel[0]! * tint[0] * grain * dr + sr)
    out[1] = develop(texel[1]! * tint[1] * grain * dg + sg)
    out[2] = develop(texel[2]! * tint[2] * grain * db + sb)
    out[3] = part.source.cutOut ? (texel[3]! > 0.5 ? 1 : 0) : 1
    if (part.source.clear) {
      // What a lens mirrors: the key light's window, and more of the room towards its rim.
      const [d0, d1, d2] = LAMPS[0]!.direction
      const turn = (2 * (nx * vx + ny * vy + nz * vz)) / (nl * nl * vl)
      const towards = d0 * (turn * nx - vx / vl) + d1 * (turn * ny - vy / vl) + d2 * (turn * nz - vz / vl)
      out[3] = 0.03 + 0.16 * smoothstep(0.86, 0.97, towards) + 0.3 * (1 - facing) ** 3
      out.fill(235, 0, 3)
    }
  }
}

/** What lies less far below rig space counts as seen, rig pixels. */
const BELOW = 200

/** Vertices of a part that a surface shows: those not more than `slack` rig pixels behind it. */
export function visibleVertices(screen: Float32Array, nearest: DepthMap, slack: number): number[] {
  const out: number[] = []
  for (let i = 0; i < screen.length / 3; i++) {
    const x = Math.round(screen[i * 3]! - 0.5)
    const y = Math.round(screen[i * 3 + 1]! - 0.5)
    if (x < 0 || y < 0 || x >= nearest.width || y >= nearest.height) {
      if (x > -90 && x < nearest.width + 90 && y > 0 && y < nearest.height + BELOW) out.push(i)
      continue
    }
    if (screen[i * 3 + 2]! > nearest.depth[y * nearest.width + x]! - slack) out.push(i)
  }
  return out
}

/**
 * Draws the neck on upwards behind the jaw, where only a lifted chin shows it: each column repeats its topmost pixel.
 *
 * @param depths what the body shows. @param neck its skin alone. @param head what the head covers at rest.
 * @param fromY rig row well below the chin from which upwards the top of the neck is looked for.
 */
export function raiseNeck(
  body: Canvas,
  depths: DepthMap,
  neck: DepthMap,
  head: DepthMap,
  fromY: number,
  reach: number,
): void {
  const { width, rgba } = body
  const inset = 10
  for (let x = 0; x < width; x++) {
    let top = Math.floor(fromY)
    const bare = (y: number) => isSeen(neck, y * width + x) && neck.depth[y * width + x] === depths.depth[y * width + x]
    if (!bare(top)) continue
    const reachable = (y: number) =>
      bare(y) && Math.abs(depths.depth[y * width + x]! - depths.depth[(y + 1) * width + x]!) < 12
    while (top > fromY - 260 && reachable(top - 1)) top--
    const from = ((top + inset) * width + x) * 4
    for (let y = top + inset - 1; y > top - reach; y--) {
      if (!isSeen(head, y * width + x)) continue
      const to = (y * width + x) * 4
      for (let c = 0; c < 3; c++) rgba[to + c] = rgba[from + c]!
      rgba[to + 3] = 255
    }
  }
}

/** How far into the jaw its outline fades, rig pixels. */
const JAW_FADE = 3

/**
 * Fades the head's outline where the neck lies behind it, below a rig row: its bright edge would show as a line round the
 * jaw as soon as the head moves.
 */
export function softenJaw(head: Canvas, body: Canvas, fromY: number): void {
  const { width, height, rgba } = head
  const cover = new Float32Array(width * height)
  for (let i = 0; i < cover.length; i++) cover[i] = rgba[i * 4 + 3]! / 255
  const near = boxBlur(cover, width, height, JAW_FADE)
  for (let i = Math.floor(fromY) * width; i < cover.length; i++) {
    if (cover[i] === 0 || near[i]! > 0.999 || body.rgba[i * 4 + 3]! < 255) continue
    rgba[i * 4 + 3]! *= smoothstep(0.55, 0.98, near[i]!)
  }
}
