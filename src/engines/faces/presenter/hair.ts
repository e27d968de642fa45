// Hair in front of the camera: strands sorted and blended, with highlights along them and soft ends.

import { project, RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import { type Canvas, drawBands, OVERSAMPLE, openCanvas, toBand } from './canvas.ts'
import { boxBlur } from './filters.ts'
import { sortFarFirst } from './grid.ts'
import { develop, LAMPS } from './light.ts'
import { noise3, smoothstep } from './noise.ts'
import { samplePicture } from './picture.ts'
import { rasterise, type Surface } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
import type { HairShade } from './skin.ts'
import { LIGHT_STRIDE } from './visibility.ts'

/** Hair split by what it is drawn over. */
export type HairPictures = {
  readonly back: Canvas
  readonly front: Canvas
}

/**
 * Draws hair and beards.
 *
 * @param solids depth of everything solid in rig pixels: strands behind it go.
 */
export function drawHair(scene: Scene, parts: readonly ScenePart[], solids: Surface, splitZ: number): HairPictures {
  const front = openCanvas()
  const back = openCanvas()
  const strands = parts.map((part) => ({ part, order: sortFarFirst(part.fine.triangles, part.screen) }))
  drawBands(front, (band) => {
    for (const { part, order } of strands) {
      drawStrands(scene, part, order, band.samples, band.width, band.height, band.top, 0, (x, y, z) => {
        const at = Math.min(RIG_HEIGHT - 1, y) * RIG_WIDTH + Math.min(RIG_WIDTH - 1, x)
        const gap = z - solids.depth[at]!
        if (z < splitZ && part.kind === 'hair') return solids.triangle[at]! < 0 ? 0 : smoothstep(-3, 6, gap)
        return smoothstep(-4, 5, gap)
      })
    }
  })
  drawBands(back, (band) => {
    for (const { part, order } of strands) {
      if (part.kind !== 'hair') continue
      drawStrands(scene, part, order, band.samples, band.width, band.height, band.top, 0.4, (_x, _y, z) =>
        z < splitZ + 12 ? 1 : 0,
      )
    }
  })
  return { front, back }
}

function drawStrands(
  scene: Scene,
  part: ScenePart,
  order: Uint32Array,
  samples: Float32Array,
  width: number,
  height: number,
  top: number,
  lift: number,
  keep: (x: number, y: number, z: number) => number,
): void {
  const { fine, light, picture, screen } = part
  const { positions, normals, uvs } = fine
  const corners = toBand(screen, top)
  const texel = new Float32Array(4)
  const tint = part.source.tint
  const mean = meanColour(part)
  const curly = /afro|curly/.test(part.source.name)
  const [ex, ey, ez] = scene.camera.eye
  // Hair is combed away from a whorl at the back of the crown.
  const [wx, wy, wz] = [scene.human.crown[0], scene.human.crown[1], scene.human.crown[2] - 0.25]
  // What is opaque hides what lies behind it, whatever the order of whole triangles says.
  const nearest = new Float32Array(width * height).fill(Number.NEGATIVE_INFINITY)
  for (const pass of ['depth', 'colour'] as const)
    rasterise(width, height, corners, 3, order, (pixel, t, w0, w1, w2) => {
      const a = order[t * 3]!
      const b = order[t * 3 + 1]!
      const c = order[t * 3 + 2]!
      const z = w0 * corners[a * 3 + 2]! + w1 * corners[b * 3 + 2]! + w2 * corners[c * 3 + 2]!
      if (z < nearest[pixel]! - 0.01) return
      const u = w0 * uvs[a * 2]! + w1 * uvs[b * 2]! + w2 * uvs[c * 2]!
      const v = w0 * uvs[a * 2 + 1]! + w1 * uvs[b * 2 + 1]! + w2 * uvs[c * 2 + 1]!
      if (picture) samplePicture(picture, u, v, texel)
      else texel.set([0.2, 0.15, 0.1, 1])
      let alpha = part.source.cutOut ? smoothstep(0.06, 0.85, texel[3]!) : 1
      if (alpha < 0.01) return
      const x = pixel % width
      alpha *= keep(Math.floor(x / OVERSAMPLE), top + Math.floor((pixel - x) / width / OVERSAMPLE), z)
      if (alpha < 0.01) return
      if (pass === 'depth') {
        if (alpha > 0.7) nearest[pixel] = z
        return
      }
      let [nx, ny, nz] = [0, 0, 0]
      let [px, py, pz] = [0, 0, 0]
      const lit = [0, 0, 0, 0, 0, 0, 0]
      for (let k = 0; k < 3; k++) {
        const vertex = k === 0 ? a : k === 1 ? b : c
        const w = k === 0 ? w0 : k === 1 ? w1 : w2
        nx += w * normals[vertex * 3]!
        ny += w * normals[vertex * 3 + 1]!
        nz += w * normals[vertex * 3 + 2]!
        px += w * positions[vertex * 3]!
        py += w * positions[vertex * 3 + 1]!
        pz += w * positions[vertex * 3 + 2]!
        for (let l = 0; l < LIGHT_STRIDE; l++) lit[l]! += w * light[vertex * LIGHT_STRIDE + l]!
      }
      // The far side, hardly seen, gets light as if it were open, so that no dark band shows when the head turns.
      if (lift > 0) for (let l = 0; l < LIGHT_STRIDE; l++) lit[l] = lit[l]! * (1 - lift) + lift * 0.4
      if (nz < 0) [nx, ny, nz] = [-nx, -ny, -nz]
      const nl = Math.hypot(nx, ny, nz) || 1
      const vl = Math.hypot(ex - px, ey - py, ez - pz)
      const [qx, qy, qz] = [px - wx, py - wy, pz - wz]
      const lean = (qx * nx + qy * ny + qz * nz) / (nl * nl)
      const [tx, ty, tz] = [qx - lean * nx, qy - lean * ny, qz - lean * nz]
      const tl = Math.hypot(tx, ty, tz) || 1
      const luma = Math.sqrt(texel[0]! * 0.3 + texel[1]! * 0.6 + texel[2]! * 0.1)
      const shift = (luma - 0.35) * 0.5
      // One head of hair has one colour: roots and ends of the picture keep half of their own.
      const level = (texel[0]! + texel[1]! + texel[2]!) / (mean[0]! + mean[1]! + mean[2]! + 1e-4)
      for (let k = 0; k < 3; k++) texel[k] = 0.35 * texel[k]! + 0.65 * mean[k]! * level
      const curl = curly
        ? 1 + 0.75 * noise3(px * 34, py * 34, pz * 34, 3) + 0.35 * noise3(px * 11, py * 11, pz * 11, 4)
        : 1
      // The strand's direction, leant towards the normal so that neighbours glint at different heights.
      const sx = tx / tl + (shift * nx) / nl
      const sy = ty / tl + (shift * ny) / nl
      const sz = tz / tl + (shift * nz) / nl
      const sl = Math.hypot(sx, sy, sz) || 1
      const bounce = 1.1 * curl
      let [dr, dg, db] = [lit[LAMPS.length]! * bounce, lit[LAMPS.length + 1]! * bounce, lit[LAMPS.length + 2]! * bounce]
      let [gr, gg, gb] = [0, 0, 0]
      for (let l = 0; l < LAMPS.length; l++) {
        const { direction: d, colour } = LAMPS[l]!
        const seen = Math.min(1, lit[l]!) ** 1.2
        if (seen < 0.01) continue
        const cosine = (nx * d[0] + ny * d[1] + nz * d[2]) / nl
        const wrap = Math.max(0, (cosine + 0.35) / 1.35) * curl
        const glint = curly ? 0.45 : 1
        const along = (tx * d[0] + ty * d[1] + tz * d[2]) / tl
        const soft = wrap * (0.35 + 0.65 * Math.sqrt(Math.max(0, 1 - along * along)))
        const hx = d[0] + (ex - px) / vl
        const hy = d[1] + (ey - py) / vl
        const hz = d[2] + (ez - pz) / vl
        const hl = Math.hypot(hx, hy, hz)
        const th = (sx * hx + sy * hy + sz * hz) / (sl * hl)
        const sine = Math.sqrt(Math.max(0, 1 - th * th))
        const first = sine ** 80 * 0.045 * glint * wrap * seen
        const second = sine ** 16 * 0.16 * glint * wrap * seen
        dr += colour[0] * soft * seen * 0.8
        dg += colour[1] * soft * seen * 0.8
        db += colour[2] * soft * seen * 0.8
        gr += colour[0] * (first + second * texel[0]! * tint[0] * 2.2)
        gg += colour[1] * (first + second * texel[1]! * tint[1] * 2.2)
        gb += colour[2] * (first + second * texel[2]! * tint[2] * 2.2)
      }
      const i = pixel * 4
      const keepOld = 1 - alpha
      samples[i] = samples[i]! * keepOld + alpha * develop(texel[0]! * tint[0] * dr + gr)
      samples[i + 1] = samples[i + 1]! * keepOld + alpha * develop(texel[1]! * tint[1] * dg + gg)
      samples[i + 2] = samples[i + 2]! * keepOld + alpha * develop(texel[2]! * tint[2] * db + gb)
      samples[i + 3] = samples[i + 3]! * keepOld + alpha
    })
}

/** How far into the hair its line against the face is broken up, rig pixels. */
const HAIRLINE = 15

/** Breaks the edge of the hair over the face into strands of unlike length, so that no line runs round the forehead. */
export function softenHairline(scene: Scene, front: Canvas, faceAt: (pixel: number) => boolean): void {
  const { width, height, rgba } = front
  const [wx, wy] = project(scene.camera, Float32Array.from(scene.human.crown)) as unknown as [number, number]
  const lowest = project(scene.camera, Float32Array.from(scene.human.eyeLeft))[1]! - 25
  // Distance into the hair from bare face, by a two-pass chamfer over the face's own pixels.
  const far = HAIRLINE * 3
  const distance = new Float32Array(width * height).fill(far)
  for (let i = 0; i < distance.length; i++) if (rgba[i * 4 + 3]! < 40 && faceAt(i)) distance[i] = 0
  const relax = (i: number, j: number, step: number) => {
    if (distance[j]! + step < distance[i]!) distance[i] = distance[j]! + step
  }
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      relax(i, i - 1, 1)
      relax(i, i - width, 1)
      relax(i, i - width - 1, Math.SQRT2)
      relax(i, i - width + 1, Math.SQRT2)
    }
  }
  for (let y = height - 2; y > 0; y--) {
    for (let x = width - 2; x > 0; x--) {
      const i = y * width + x
      relax(i, i + 1, 1)
      relax(i, i + width, 1)
      relax(i, i + width + 1, Math.SQRT2)
      relax(i, i + width - 1, Math.SQRT2)
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (y > lowest || distance[i]! >= HAIRLINE || rgba[i * 4 + 3]! === 0 || !faceAt(i)) continue
      const angle = Math.atan2(x - wx, y - wy + 60)
      const across = angle * 210
      const strand = 0.5 + 0.5 * noise3(across * 0.45, distance[i]! * 0.05, 0, 21)
      const lock = 0.5 + 0.5 * noise3(across * 0.09, 0, 0, 22)
      const length = HAIRLINE * (0.62 * strand + 0.3 * lock)
      const cut = smoothstep(length - 5, length + 3.5, distance[i]!)
      rgba[i * 4 + 3]! *= cut + (1 - cut) * smoothstep(lowest - 45, lowest, y)
    }
  }
}

/** Mean of the picture where it is opaque, linear light, without the tint. */
function meanColour(part: ScenePart): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  let n = 0
  const data = part.picture?.data ?? new Float32Array(0)
  for (let i = 0; i < data.length; i += 64) {
    if (data[i + 3]! < 0.6) continue
    for (let c = 0; c < 3; c++) sum[c]! += data[i + c]!
    n++
  }
  return n ? [sum[0] / n, sum[1] / n, sum[2] / n] : [0.05, 0.04, 0.03]
}

/** How hair shades the skin close by: its alpha, spread out, and its colour. */
export function shadeUnderHair(front: Canvas, parts: readonly ScenePart[]): HairShade {
  const { width, height } = front
  let amount = new Float32Array(width * height)
  for (let i = 0; i < amount.length; i++) amount[i] = front.rgba[i * 4 + 3]! / 255
  for (const radius of [7, 5]) amount = boxBlur(amount, width, height, radius) as Float32Array<ArrayBuffer>
  const part = parts.find((p) => p.kind === 'hair') ?? parts[0]
  const mean = part ? meanColour(part) : [0, 0, 0]
  const tint = part?.source.tint ?? [1, 1, 1]
  return { width, height, amount, colour: [mean[0]! * tint[0], mean[1]! * tint[1], mean[2]! * tint[2]] }
}
