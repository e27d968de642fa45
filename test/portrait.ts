// Portraits of our own for the tests of photos: a presenter painted as a photo would show it, its matte known exactly.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HEAD_CHANNEL_COUNT } from '../src/core/plan.ts'
import type { Rig } from '../src/core/rig.ts'
import { SHAPE_COUNT, SHAPE_INDEX, type Shape } from '../src/core/shapes.ts'
import { openLandmarker } from '../src/engines/faces/landmarks.ts'
import { LEFT_EYE, RIGHT_EYE } from '../src/engines/faces/photo/landmark-sets.ts'
import type { Photo } from '../src/engines/faces/photo/photo.ts'
import { prepareRig, RIG_VERSION } from '../src/engines/faces/prepare-rig.ts'
import { loadRecipes } from '../src/engines/faces/recipes.ts'
import { decodeRig, encodeRig } from '../src/engines/faces/rig-file.ts'
import { planesToRgb } from '../src/engines/media/planes.ts'
import { openPainter } from '../src/engines/painter/painter.ts'
import { solidColour } from '../src/engines/pictures/solid.ts'

const CANVAS = { width: 800, height: 1000, fps: 25 }
const BACKDROP = [126, 138, 148] as const

/** Shape weights by name. */
export type Weights = Readonly<Partial<Record<Shape, number>>>

/** A portrait of a presenter who makes a face; the same pixels every time. */
export async function makePortrait(recipeId: string, face: Weights = {}): Promise<Photo> {
  const rig = await presenterRig(recipeId)
  const scale = (0.5 * CANVAS.height) / rig.headBox.height
  const placement = {
    scale,
    x: CANVAS.width / 2 - (rig.headBox.x + rig.headBox.width / 2) * scale,
    y: 0.16 * CANVAS.height - rig.headBox.y * scale,
  }
  const [onBlack, onWhite] = await Promise.all(
    ['#000000', '#ffffff'].map((colour) => paintRig(rig, face, placement, colour)),
  )
  const { width, height } = CANVAS
  const matte = new Uint8Array(width * height)
  const rgb = new Uint8Array(width * height * 3)
  const backdropRgb = new Uint8Array(rgb.length)
  const photo = new Uint8Array(rgb.length)
  for (let i = 0; i < matte.length; i++) {
    const light = (picture: Uint8Array) => picture[i * 3]! + picture[i * 3 + 1]! + picture[i * 3 + 2]!
    const alpha = Math.min(1, Math.max(0, 1 - (light(onWhite!) - light(onBlack!)) / 765))
    matte[i] = Math.round(255 * alpha)
    for (let c = 0; c < 3; c++) {
      const own = alpha > 0.02 ? Math.min(255, onBlack![i * 3 + c]! / alpha) : BACKDROP[c]!
      rgb[i * 3 + c] = own
      backdropRgb[i * 3 + c] = BACKDROP[c]!
      photo[i * 3 + c] = own * alpha + BACKDROP[c]! * (1 - alpha)
    }
  }
  const landmarks = await findLandmarks(photo)
  const xs = landmarks.filter((_, i) => i % 3 === 0)
  const ys = landmarks.filter((_, i) => i % 3 === 1)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  const faceBox = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
  return { width, height, rgb, matte, backdropRgb, landmarks, faceBox, pose: { yaw: 0, pitch: 0, roll: 0 } }
}

/** Paints a rig on one colour; packed RGB of the canvas's size. */
export async function paintRig(
  rig: Rig,
  face: Weights,
  placement: { readonly scale: number; readonly x: number; readonly y: number },
  colour = '#7e8a94',
  canvas = CANVAS,
): Promise<Uint8Array> {
  const painter = await openPainter({
    canvas,
    rigs: new Map([['one', rig]]),
    background: (_, { width, height }) => solidColour(colour, width, height),
  })
  const shapes = new Float32Array(SHAPE_COUNT)
  for (const [shape, weight] of Object.entries(face)) shapes[SHAPE_INDEX[shape as Shape]] = weight
  const head = new Float32Array(HEAD_CHANNEL_COUNT)
  const character = { avatarId: 'one', placement, shapes, head }
  return planesToRgb(painter.paint({ frame: 0, background: { kind: 'color', color: colour }, character }))
}

/** A presenter's rig, kept between runs: baking takes seconds and always gives the same. */
export async function presenterRig(recipeId: string): Promise<Rig> {
  const recipe = (await loadRecipes()).find(({ id }) => id === recipeId)!
  const key = createHash('sha256')
    .update(JSON.stringify([RIG_VERSION, recipe]))
    .digest('hex')
    .slice(0, 16)
  const folder = join(tmpdir(), 'rostrum-test-rigs')
  const path = join(folder, `portrait-${key}.rig`)
  const kept = await readFile(path).catch(() => null)
  if (kept) return decodeRig(kept)
  const rig = await prepareRig(recipe)
  await mkdir(folder, { recursive: true })
  await writeFile(`${path}.${process.pid}`, encodeRig(rig))
  await rename(`${path}.${process.pid}`, path)
  return rig
}

/** The 468 points of the mesh, and irises in the middle of the lids. */
async function findLandmarks(rgb: Uint8Array): Promise<Float32Array> {
  const landmarker = await openLandmarker()
  const found = await landmarker.detect(rgb, CANVAS.width, CANVAS.height)
  if (!found) throw new Error('The face model sees no face in a portrait of our own.')
  const landmarks = new Float32Array(478 * 3)
  for (let i = 0; i < 468 * 3; i++) landmarks[i] = i % 3 === 2 ? -found.points[i]! : found.points[i]!
  for (const { upperLid, lowerLid, iris } of [LEFT_EYE, RIGHT_EYE]) {
    const at = (index: number, k: number) => landmarks[index * 3 + k]!
    const [left, right, up, low] = [upperLid[0]!, upperLid.at(-1)!, upperLid[4]!, lowerLid[4]!]
    const x = (at(left, 0) + at(right, 0)) / 2
    const y = (at(up, 1) + at(low, 1)) / 2
    const radius = 0.2 * Math.hypot(at(left, 0) - at(right, 0), at(left, 1) - at(right, 1))
    iris.forEach((index, i) => {
      const turn = (i * Math.PI) / 2
      const reach = i === 0 ? 0 : radius
      landmarks.set([x + reach * Math.cos(turn), y + reach * Math.sin(turn), at(up, 2)], index * 3)
    })
  }
  return landmarks
}
