// Turns an assembled person into a rig: every layer with its light baked in.
import type { PresenterRecipe } from '../../../core/recipe.ts'
import type { Field, LayerName, Rig, RigLayer, TexturePlanes } from '../../../core/rig.ts'
import type { Shape } from '../../../core/shapes.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { projectPoint, RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import { bleedColours, type Canvas } from './canvas.ts'
import { makeEyeLight, makeEyes } from './eyes.ts'
import { drawFront, findNearest, raiseNeck, type Shown, visibleVertices } from './front.ts'
import { type Carrier, gridLayer, sortFarFirst, sparse } from './grid.ts'
import { drawHair, shadeUnderHair, softenHairline } from './hair.ts'
import type { Human } from './human.ts'
import { develop, LAMPS } from './light.ts'
import { makeMouth } from './mouth.ts'
import { rasterise, type Surface } from './raster.ts'
import { rimLayer } from './rim.ts'
import { openScene, type Scene, type ScenePart } from './scene.ts'
import { bakeSkin, type SkinMap } from './skin.ts'
import { fineTriangles, sortSkin } from './skin-parts.ts'
import { LIGHT_STRIDE } from './visibility.ts'

/** Texels a unit of texture space on the head: a little more than one a rig pixel. */
const HEAD_DENSITY = 2400
const BODY_DENSITY = 1300
/** Sides of grid cells in rig pixels. */
const BODY_CELL = 40
const HAIR_CELL = 28
/** A face triangle must turn towards the camera at least this much; the rest is in the rim's picture. */
const FACING = 0.22

/** What a caller may choose. */
export type BakeOptions = { readonly signal?: AbortSignal; readonly onProgress?: (fraction: number) => void }

/**
 * Bakes a person, whose skin is best not subdivided, into a rig.
 * @throws Fault 'internal' where a picture cannot be read; the signal's reason where it is aborted.
 */
export async function bakeRig(human: Human, recipe: PresenterRecipe, options: BakeOptions = {}): Promise<Rig> {
  const step = async (fraction: number) => {
    options.onProgress?.(fraction)
    await new Promise((resolve) => setImmediate(resolve))
    options.signal?.throwIfAborted()
  }
  const scene = await openScene(human)
  await step(0.4)
  const skin = scene.parts.find((part) => part.kind === 'skin')!
  const cloth = scene.parts.filter((part) => part.kind === 'cloth')
  const strands = scene.parts.filter((part) => part.kind === 'hair' || part.kind === 'beard')
  const skinParts = sortSkin(skin)
  const clothes = cloth.map((part): Shown => ({ part, triangles: part.fine.triangles }))
  const outside: Shown[] = [{ part: skin, triangles: fineTriangles(skin, skinParts.outside) }, ...clothes]
  const bodyShown: Shown[] = [{ part: skin, triangles: fineTriangles(skin, skinParts.body) }, ...clothes]
  const headShown: Shown[] = [{ part: skin, triangles: fineTriangles(skin, skinParts.head) }]
  const nearest = findNearest(outside)
  const splitZ = projectPoint(scene.camera, [0, human.headPivot[1], human.headPivot[2] + 0.1]).z
  const hair = drawHair(scene, strands, nearest, splitZ)
  await step(0.6)
  const nearestHead = findNearest(headShown)
  const shade = shadeUnderHair(hair.front, strands)
  const bareFace = projectPoint(scene.camera, [0, 0, human.headPivot[2] + 0.3]).z
  softenHairline(scene, hair.front, (i) => nearestHead.depth[i]! > bareFace)
  const headMap = bakeSkin(scene, skin, recipe, { left: 0.63, top: 0.17, right: 1, bottom: 0.87 }, HEAD_DENSITY, shade)
  await step(0.75)
  const maps = [headMap]
  const bodyRect = visibleBodyRect(skin, skinParts.body)
  if (bodyRect) maps.push(bakeSkin(scene, skin, recipe, bodyRect, BODY_DENSITY, shade))
  const body = drawFront(scene, bodyShown, maps)
  const rim = drawFront(scene, headShown, maps)
  const nearestBody = findNearest(bodyShown)
  raiseNeck(
    body,
    nearestBody,
    findNearest(bodyShown.slice(0, 1)),
    nearestHead,
    projectPoint(scene.camera, human.chin).y + 45,
    90,
  )
  await step(0.9)
  for (const canvas of [body, rim, hair.front, hair.back]) bleedColours(canvas.rgba, canvas.width, canvas.height, 3)
  const buried = (x: number, y: number) => (shade.amount[Math.floor(y) * RIG_WIDTH + Math.floor(x)] ?? 0) > 0.985
  const shown = skinParts.head.filter((t) =>
    [0, 1, 2].some((k) => {
      const v = skin.source.triangles[t * 3 + k]! * 3
      return !buried(skin.coarse.screen[v]!, skin.coarse.screen[v + 1]!)
    }),
  )
  const face = faceLayer(scene, skin, shown, headMap, nearestHead)
  const faceCover = coverOf(face)
  const farHair = findNearest(strands.map((part) => ({ part, triangles: behind(part, splitZ + 12) })))
  const solid = (pixel: number) => nearest.triangle[pixel]! >= 0
  const layers: (RigLayer | null)[] = [
    ...gridLayer(
      'hairBack',
      hair.back,
      strands.filter((part) => part.kind === 'hair').map((part) => seenCarrier(part, farHair)),
      HAIR_CELL,
      cellsWhere(solid, 30),
    ),
    ...gridLayer(
      'body',
      body,
      [skin, ...cloth].map((part) => seenCarrier(part, nearestBody)),
      BODY_CELL,
    ),
    rimLayer(skin, shown, rim, nearestHead, faceCover),
    ...makeMouth(scene),
    ...makeEyes(scene),
    ...makeEyeLight(scene, face),
    face,
    ...scene.parts.filter((part) => part.kind === 'lashes').map((part) => flatLayer('lashes', part)),
    ...scene.parts.filter((part) => part.kind === 'brows').map((part) => flatLayer('brows', part)),
    ...gridLayer(
      'hair',
      hair.front,
      strands.map((part) => frontCarrier(part, nearest)),
      HAIR_CELL,
    ),
    ...scene.parts.filter((part) => part.kind === 'glasses').flatMap((part) => glassesLayer(scene, part)),
  ]
  await step(1)
  return {
    format: 1,
    width: RIG_WIDTH,
    height: RIG_HEIGHT,
    layers: layers.filter((layer) => layer !== null),
    ...measure(scene, skin, skinParts.head, body),
    backdrop: null,
  }
}

/** Bounds in texture space (v down) of skin below the head's island that the camera may see. */
function visibleBodyRect(skin: ScenePart, body: readonly number[]) {
  const { triangles, uvs } = skin.source
  const { normals, screen } = skin.coarse
  const rect = { left: 1, top: 1, right: 0, bottom: 0 }
  for (const t of body) {
    for (let k = 0; k < 3; k++) {
      const v = triangles[t * 3 + k]!
      if (uvs[v * 2]! > 0.63 && 1 - uvs[v * 2 + 1]! > 0.17) continue
      if (normals[v * 3 + 2]! < -0.2 || screen[v * 3 + 1]! > RIG_HEIGHT + 40) continue
      rect.left = Math.min(rect.left, uvs[v * 2]! - 0.01)
      rect.right = Math.max(rect.right, uvs[v * 2]! + 0.01)
      rect.top = Math.min(rect.top, 1 - uvs[v * 2 + 1]! - 0.01)
      rect.bottom = Math.max(rect.bottom, 1 - uvs[v * 2 + 1]! + 0.01)
    }
  }
  return rect.left < rect.right ? rect : null
}

/** Triangles that lie wholly behind a depth. */
function behind(part: ScenePart, z: number): Uint32Array {
  const { triangles } = part.fine
  const out: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    if (corners.every((v) => part.screen[v * 3 + 2]! < z)) out.push(...corners)
  }
  return Uint32Array.from(out)
}

const carrierOf = (part: ScenePart, chosen: number[]): Carrier => ({
  screen: part.coarse.screen,
  headWeights: part.source.headWeights,
  fields: part.coarse.fields,
  chosen,
})

const seenCarrier = (part: ScenePart, nearest: Surface) =>
  carrierOf(part, visibleVertices(part.coarse.screen, nearest, 8))

const frontCarrier = (part: ScenePart, nearest: Surface) =>
  carrierOf(part, visibleVertices(part.coarse.screen, nearest, 4))

function cellsWhere(test: (pixel: number) => boolean, margin: number) {
  return (left: number, top: number, right: number, bottom: number) => {
    for (let y = Math.max(0, top - margin); y < Math.min(RIG_HEIGHT, bottom + margin); y++) {
      for (let x = Math.max(0, left - margin); x < Math.min(RIG_WIDTH, right + margin); x++) {
        if (!test(y * RIG_WIDTH + x)) return false
      }
    }
    return true
  }
}

/** The face proper: the skin's own mesh where it turns to the camera, its texture in the skin's own layout. */
function faceLayer(scene: Scene, skin: ScenePart, head: readonly number[], map: SkinMap, nearest: Surface): RigLayer {
  const { triangles, uvs, headWeights } = skin.source
  const { screen, normals, points } = skin.coarse
  const seen = new Set(visibleVertices(screen, nearest, 6))
  const kept: number[] = []
  for (const t of head) {
    const corners = [triangles[t * 3]!, triangles[t * 3 + 1]!, triangles[t * 3 + 2]!]
    const least = Math.min(...corners.map((v) => normals[v * 3 + 2]!))
    const inner = corners.every((v) => isInner(scene.human, points, v * 3))
    const front = corners.every((v) => seen.has(v) && points[v * 3 + 2]! > scene.human.headPivot[2] + 0.3)
    if (inner ? least > -0.75 : least > FACING && front) kept.push(...corners)
  }
  const order = [...new Set(kept)]
  const renumber = new Map(order.map((v, i) => [v, i]))
  const place = (v: number, k: number) => (k ? 1 - uvs[v * 2 + 1]! - map.top : uvs[v * 2]! - map.left) * map.density
  const bounds = [0, 1].map((k) => {
    const values = order.map((v) => place(v, k))
    const low = Math.max(0, 2 * Math.floor(Math.min(...values) / 2) - 2)
    const high = Math.min(k ? map.height : map.width, 2 * Math.ceil(Math.max(...values) / 2) + 2)
    return [low, high] as const
  })
  const [[x0, x1], [y0, y1]] = bounds as [readonly [number, number], readonly [number, number]]
  const texture = cutMap(map, x0, y0, x1 - x0, y1 - y0)
  const positions = new Float32Array(order.length * 3)
  const maps = new Float32Array(order.length * 2)
  order.forEach((v, i) => {
    positions.set(screen.subarray(v * 3, v * 3 + 3), i * 3)
    maps.set([place(v, 0) - x0, place(v, 1) - y0], i * 2)
  })
  return {
    name: 'face',
    texture,
    positions,
    uvs: maps,
    triangles: sortFarFirst(
      Uint32Array.from(kept, (v) => renumber.get(v)!),
      positions,
    ),
    headWeights: Float32Array.from(order, (v) => headWeights[v]!),
    fields: takeFields(skin, order),
  }
}

/** Nose, lips and lids: what turns away there may come to the front, or hides what lies behind it. */
function isInner(human: Human, points: Float32Array, at: number): boolean {
  const x = Math.abs(points[at]! - human.chin[0])
  const y = points[at + 1]!
  const [eyeY, mouthY] = [human.eyeRight[1], human.mouthRight[1]]
  if (y < eyeY - 0.12) return x < Math.abs(human.mouthRight[0]) * 1.6 && y > mouthY - 0.25
  return false
}

function takeFields(part: ScenePart, order: readonly number[]): Partial<Record<Shape, Field>> {
  const fields: Partial<Record<Shape, Field>> = {}
  for (const [shape, offsets] of Object.entries(part.coarse.fields)) {
    const taken = new Float32Array(order.length * 3)
    order.forEach((v, i) => {
      taken.set(offsets.subarray(v * 3, v * 3 + 3), i * 3)
    })
    const field = sparse(taken)
    if (field) fields[shape as Shape] = field
  }
  return fields
}

function cutMap(map: SkinMap, left: number, top: number, width: number, height: number): TexturePlanes {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((top + y) * map.width + left + x) * 3
      rgba.set([map.colours[from]!, map.colours[from + 1]!, map.colours[from + 2]!, 255], (y * width + x) * 4)
    }
  }
  return rgbaToPlanes(rgba, width, height, true)
}

function coverOf(layer: RigLayer): Uint8Array {
  const cover = new Uint8Array(RIG_WIDTH * RIG_HEIGHT)
  rasterise(RIG_WIDTH, RIG_HEIGHT, layer.positions, 3, layer.triangles, (pixel) => {
    cover[pixel] = 1
  })
  return cover
}

/** Brows and lashes: their own mesh, their own picture under one even light. */
function flatLayer(name: LayerName, part: ScenePart): RigLayer | null {
  const { picture, source, coarse } = part
  if (!picture) return null
  const light = [0, 0, 0]
  const count = source.positions.length / 3
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) {
      let sum = part.light[i * LIGHT_STRIDE + LAMPS.length + c]!
      for (let l = 0; l < 2; l++) sum += 0.5 * LAMPS[l]!.colour[c]! * part.light[i * LIGHT_STRIDE + l]!
      light[c]! += sum / count
    }
  }
  // Texels well below a pixel would shimmer: bring the picture down to its size on the face.
  const shrink = Math.max(1, Math.floor(texelsPerPixel(part) / 1.3))
  const width = 2 * Math.floor(picture.width / shrink / 2)
  const height = 2 * Math.floor(picture.height / shrink / 2)
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0, 0]
      for (let k = 0; k < shrink * shrink; k++) {
        const from = ((y * shrink + Math.floor(k / shrink)) * picture.width + x * shrink + (k % shrink)) * 4
        const alpha = picture.data[from + 3]! + 1e-4
        for (let c = 0; c < 3; c++) sum[c]! += alpha * picture.data[from + c]!
        sum[3]! += alpha
      }
      const to = (y * width + x) * 4
      for (let c = 0; c < 3; c++) rgba[to + c] = develop((sum[c]! / sum[3]!) * source.tint[c]! * light[c]!)
      const alpha = sum[3]! / (shrink * shrink)
      rgba[to + 3] = 255 * (name === 'lashes' ? 0.7 * alpha : Math.min(1, 1.15 * alpha ** 0.85))
    }
  }
  const order = Array.from({ length: count }, (_, i) => i)
  const uvs = new Float32Array(count * 2)
  for (let i = 0; i < count; i++) {
    uvs[i * 2] = Math.min(width, Math.max(0, source.uvs[i * 2]! * width))
    uvs[i * 2 + 1] = Math.min(height, Math.max(0, (1 - source.uvs[i * 2 + 1]!) * height))
  }
  return {
    name,
    texture: rgbaToPlanes(rgba, width, height),
    positions: coarse.screen.slice(),
    uvs,
    triangles: sortFarFirst(source.triangles, coarse.screen),
    headWeights: source.headWeights.slice(),
    fields: takeFields(part, order),
  }
}

/** How many texels of its picture a part squeezes into a rig pixel, along one side. */
function texelsPerPixel(part: ScenePart): number {
  const { triangles, uvs } = part.source
  const { screen } = part.coarse
  const { width, height } = part.picture!
  let [space, map] = [0, 0]
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b] = [triangles[t]!, triangles[t + 1]!]
    space += Math.hypot(screen[a * 3]! - screen[b * 3]!, screen[a * 3 + 1]! - screen[b * 3 + 1]!)
    map += Math.hypot((uvs[a * 2]! - uvs[b * 2]!) * width, (uvs[a * 2 + 1]! - uvs[b * 2 + 1]!) * height)
  }
  return map / (space || 1)
}

function glassesLayer(scene: Scene, part: ScenePart): RigLayer[] {
  const shown: Shown[] = [{ part, triangles: part.fine.triangles }]
  const canvas = drawFront(scene, shown, [])
  bleedColours(canvas.rgba, canvas.width, canvas.height, 3)
  return gridLayer('glasses', canvas, [seenCarrier(part, findNearest(shown))], HAIR_CELL)
}

function measure(scene: Scene, skin: ScenePart, head: readonly number[], body: Canvas) {
  const { human, camera } = scene
  const { triangles } = skin.source
  let [left, right, top, bottom] = [RIG_WIDTH, 0, RIG_HEIGHT, projectPoint(camera, human.chin).y]
  for (const t of head) {
    for (let k = 0; k < 3; k++) {
      const v = triangles[t * 3 + k]!
      left = Math.min(left, skin.coarse.screen[v * 3]!)
      right = Math.max(right, skin.coarse.screen[v * 3]!)
      top = Math.min(top, skin.coarse.screen[v * 3 + 1]!)
    }
  }
  for (const part of scene.parts) {
    if (part.kind !== 'hair') continue
    for (let i = 1; i < part.screen.length; i += 3) top = Math.min(top, part.screen[i]!)
  }
  bottom = Math.max(bottom, top + 1)
  const row = (RIG_HEIGHT - 1) * RIG_WIDTH
  const span = { left: RIG_WIDTH, right: 0 }
  for (let x = 0; x < RIG_WIDTH; x++) {
    if (body.rgba[(row + x) * 4 + 3]! < 128) continue
    span.left = Math.min(span.left, x)
    span.right = Math.max(span.right, x + 1)
  }
  const [eyeA, eyeB] = [projectPoint(camera, human.eyeLeft), projectPoint(camera, human.eyeRight)]
  return {
    headPivot: projectPoint(camera, human.headPivot),
    headBox: { x: left, y: top, width: right - left, height: bottom - top },
    mouth: { left: projectPoint(camera, human.mouthLeft), right: projectPoint(camera, human.mouthRight) },
    eyes: { x: (eyeA.x + eyeB.x) / 2, y: (eyeA.y + eyeB.y) / 2, z: (eyeA.z + eyeB.z) / 2 },
    bodySpan: span,
  }
}
