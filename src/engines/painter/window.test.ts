// Windows, alpha and small characters, on rigs made of nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FrameState, PlannedWindow } from '../../core/plan.ts'
import type { TexturePlanes } from '../../core/rig.ts'
import { SHAPE_COUNT } from '../../core/shapes.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'
import { openAlphaPainter } from './alpha-painter.ts'
import { loadKernel } from './kernel.ts'
import { openPainter, type PainterOptions } from './painter.ts'
import { shrinkRig } from './shrink-rig.ts'
import { gridLayer, rigOf, syntheticTexture } from './synthetic-rig.ts'

const kernel = await loadKernel()
const canvas = { width: 128, height: 96, fps: 25 }

function flat(width: number, height: number, rgba: readonly number[]): TexturePlanes {
  const pixels = new Uint8Array(width * height * 4)
  for (let i = 0; i < pixels.length; i += 4) pixels.set(rgba, i)
  return rgbaToPlanes(pixels, width, height, rgba[3] === 255)
}

const WHITE = flat(60, 60, [255, 255, 255, 255])
const box = { x: 0, y: 0, width: 60, height: 60 }
const rig = rigOf([gridLayer('face', WHITE, box, 2, 2)], 60, 60)
const options: PainterOptions = {
  canvas,
  kernel,
  rigs: new Map([['a', rig]]),
  background: (background, { width, height }) =>
    flat(width, height, background.kind === 'color' ? [0, 0, 255, 255] : [40, 40, 40, 255]),
}
/** A disc of radius 30 about the middle of the canvas. */
const circle: PlannedWindow = {
  shape: 'circle',
  left: 34,
  top: 18,
  width: 60,
  height: 60,
  edge: { left: 0, top: 0, right: 60, bottom: 60 },
  background: { kind: 'color', color: '#0000ff' },
}

function state(frame: number, parts: Partial<FrameState>, x = 54, y = 38, scale = 1 / 3): FrameState {
  const pose = { shapes: new Float32Array(SHAPE_COUNT), head: new Float32Array(6) }
  const character = { avatarId: 'a', placement: { scale, x, y }, window: circle, ...pose }
  return { frame, background: { kind: 'own' }, character, ...parts }
}

test('a circle shows its own colour inside, the scene outside, and a soft rim between', async () => {
  const painter = await openPainter(options)
  const { y, v } = painter.paint(state(0, {}))
  const luma = (column: number, row: number) => y[row * canvas.width + column]!
  assert.equal(luma(2, 2), luma(40, 22), 'the corner of the box lies outside of the disc')
  assert.ok(luma(64, 48) > 200, 'the character in the middle')
  assert.ok(luma(64, 22) < 40 && v[11 * 64 + 32]! < 125, 'the colour of the disc')
  const rim = new Set<number>()
  for (let column = 34; column < 64; column++) {
    const value = luma(column, 30)
    if (value !== luma(2, 2) && value !== luma(64, 22)) rim.add(value)
  }
  assert.ok(rim.size >= 1 && rim.size <= 8, `${[...rim]}`)
  let covered = 0
  const [inside, outside] = [luma(64, 22), luma(2, 2)]
  for (const value of y) if (value <= outside) covered += (outside - value) / (outside - inside)
  // The character and its soft edge are lighter than both.
  const wanted = Math.PI * 30 * 30 - 22 * 22
  assert.ok(Math.abs(covered - wanted) < wanted * 0.03, `${covered} of ${wanted}`)
})

test('a character who moves behind a window leaves nothing outside of it, frame after frame', async () => {
  const painter = await openPainter(options)
  const first = painter.paint(state(0, {}, 20, 10, 1)).y.slice()
  const head = Float32Array.of(0, 0, 0, 12, 6, 0)
  for (let frame = 1; frame < 4; frame++) {
    const moved = state(frame, {}, 20, 10, 1)
    painter.paint({ ...moved, character: { ...moved.character!, head } })
  }
  assert.deepEqual(painter.paint(state(4, {}, 20, 10, 1)).y, first)
  assert.equal(first[20 * canvas.width + 22], first[0])
})

test('before nothing, alpha is what the character covers, and its colours run on under the edge', async () => {
  const painter = await openAlphaPainter(options)
  const bare = state(0, { background: { kind: 'none' } })
  const { y, a } = painter.paint({ ...bare, character: { ...bare.character!, window: null } })
  const at = (column: number, row: number) => row * canvas.width + column
  assert.deepEqual([a![at(64, 48)], a![at(4, 4)]], [255, 0])
  assert.ok(
    a!.some((value) => value > 0 && value < 255),
    'a soft edge',
  )
  for (const [index, value] of a!.entries()) if (value > 0) assert.ok(y[index]! > 230, `${y[index]} under ${value}`)
  const disc = painter.paint(bare).a!
  assert.deepEqual([disc[at(64, 22)], disc[at(36, 20)]], [255, 0])
})

test('a frame with alpha is the same whether others were painted before it or not', async () => {
  const open = () => openAlphaPainter(options)
  const states = [state(0, { background: { kind: 'none' } }), ...[1, 2, 3].map((frame) => nod(frame))]
  const running = await open()
  for (const each of states) {
    const later = running.paint(each)
    const alone = (await open()).paint(each)
    for (const plane of ['y', 'u', 'v', 'a'] as const) assert.deepEqual(later[plane], alone[plane], plane)
  }
  function nod(frame: number): FrameState {
    const next = state(frame, { background: { kind: 'none' } })
    next.character!.head[1] = frame / 20
    return next
  }
})

test('a moving backdrop is behind every frame, and the same frame with and without more over it', async () => {
  const painter = await openPainter(options)
  const bare = (frame: number, grey: number): FrameState => {
    const { character } = state(frame, {})
    const backdrop = { id: frame + 1, picture: flat(canvas.width, canvas.height, [grey, grey, grey, 255]) }
    return { frame, background: { kind: 'own' }, backdrop, character: { ...character!, window: null } }
  }
  const levels = [20, 120, 200].map((grey, frame) => {
    const { y, moving } = painter.paint(bare(frame, grey))
    assert.deepEqual(moving, { top: 0, end: canvas.height })
    assert.ok(y[48 * canvas.width + 64]! > 220)
    return y[0]!
  })
  assert.ok(levels[0]! < levels[1]! && levels[1]! < levels[2]!)
})

test('textures are halved for characters drawn small, and a fine pattern then comes out even', () => {
  const texture = syntheticTexture(64, 64, true)
  const stripes = { ...texture, y: texture.y.map((_, at) => (at % 2 === 0 ? 200 : 0)) }
  const fine = rigOf([gridLayer('face', stripes, { x: 0, y: 0, width: 64, height: 64 }, 1, 1)], 64, 64)
  assert.equal(shrinkRig(fine, 1), fine)
  const [layer] = shrinkRig(fine, 0.2).layers
  assert.deepEqual([layer!.texture.width, layer!.texture.y[100]], [16, 100])
  assert.equal(Math.max(...layer!.uvs), 16)
})
