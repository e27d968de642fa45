import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FrameState, Placement } from '../../core/plan.ts'
import type { Rig, RigLayer, TexturePlanes } from '../../core/rig.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'
import { loadKernel } from './kernel.ts'
import { HANDS, type Hand } from './lifted.ts'
import { changedRows, openPainter, type YuvFrame } from './painter.ts'
import { stillFrom } from './still-rows.ts'
import { gridLayer, rigOf, syntheticTexture } from './synthetic-rig.ts'

const kernel = await loadKernel()
const canvas = { width: 96, height: 64, fps: 25 }
const grey = flat(96, 64, [90, 90, 90, 255])

function flat(width: number, height: number, rgba: readonly number[]): TexturePlanes {
  const pixels = new Uint8Array(width * height * 4)
  for (let i = 0; i < pixels.length; i += 4) pixels.set(rgba, i)
  return rgbaToPlanes(pixels, width, height, rgba[3] === 255)
}

function rest(placement: Placement, head: readonly number[] = [0, 0, 0, 0, 0, 0]): FrameState {
  const pose = { shapes: new Float32Array(SHAPE_COUNT), head: Float32Array.from(head) }
  return { frame: 0, background: { kind: 'own' }, character: { avatarId: 'a', placement, ...pose } }
}

function open(rig: Rig, background = grey) {
  return openPainter({ canvas, rigs: new Map([['a', rig]]), background: () => background, kernel })
}

test('an opaque picture at its own place and size comes out as it went in', async () => {
  const texture = syntheticTexture(40, 30, false)
  const painter = await open(rigOf([gridLayer('face', texture, { x: 0, y: 0, width: 40, height: 30 }, 3, 2)], 40, 30))
  const frame = painter.paint(rest({ scale: 1, x: 20, y: 14 }))
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 96; x++) {
      const inside = x >= 20 && x < 60 && y >= 14 && y < 44
      // An open edge fades over the next pixels.
      if (!inside && x >= 18 && x < 62 && y >= 12 && y < 46) continue
      const wanted = inside ? texture.y[(y - 14) * 40 + x - 20] : grey.y[0]
      assert.equal(frame.y[y * 96 + x], wanted, `luma at ${x}, ${y}`)
      if (x % 2 || y % 2) continue
      const at = (y / 2) * 48 + x / 2
      const from = ((y - 14) / 2) * 20 + (x - 20) / 2
      assert.equal(frame.u[at], inside ? texture.u[from] : grey.u[0], `u at ${x}, ${y}`)
      assert.equal(frame.v[at], inside ? texture.v[from] : grey.v[0], `v at ${x}, ${y}`)
    }
  }
})

test('half a pixel to the right is the mean of two texels', async () => {
  const texture = syntheticTexture(40, 30, false)
  const painter = await open(rigOf([gridLayer('face', texture, { x: 0, y: 0, width: 40, height: 30 }, 1, 1)], 40, 30))
  const frame = painter.paint(rest({ scale: 1, x: 20.5, y: 14 }))
  for (let y = 14; y < 44; y++) {
    for (let x = 21; x < 60; x++) {
      const at = (y - 14) * 40 + x - 21
      const mean = (texture.y[at]! + texture.y[at + 1]!) / 2
      assert.ok(Math.abs(frame.y[y * 96 + x]! - mean) <= 0.5, `${frame.y[y * 96 + x]} for ${mean} at ${x}, ${y}`)
    }
  }
})

test('alpha blends as out = picture + background x (1 - alpha)', async () => {
  for (const alpha of [1, 77, 128, 200, 254]) {
    const texture = flat(40, 40, [200, 40, 120, alpha])
    const painter = await open(rigOf([gridLayer('face', texture, { x: 0, y: 0, width: 40, height: 40 }, 1, 1)], 40, 40))
    const frame = painter.paint(rest({ scale: 1, x: 20, y: 10 }))
    const wanted = (plane: 'y' | 'u' | 'v') => Math.round(texture[plane][0]! + (grey[plane][0]! * (255 - alpha)) / 255)
    assert.equal(frame.y[30 * 96 + 40], wanted('y'))
    assert.equal(frame.u[15 * 48 + 20], wanted('u'))
    assert.equal(frame.v[15 * 48 + 20], wanted('v'))
  }
})

test('triangles that share edges neither gap nor blend twice, however they lie', async () => {
  const texture = flat(64, 64, [250, 250, 250, 128])
  const random = seeded(7)
  for (let round = 0; round < 40; round++) {
    const layer = gridLayer('face', texture, { x: 0, y: 0, width: 64, height: 64 }, 5 + (round % 9), 4 + (round % 7))
    const cells = 5 + (round % 9)
    for (let i = 0; i < layer.positions.length / 3; i++) {
      const [column, row] = [i % (cells + 1), Math.floor(i / (cells + 1))]
      const inner = column > 0 && column < cells && row > 0 && row < 4 + (round % 7)
      layer.positions[i * 3]! += inner ? (random() - 0.5) * 4 : 0
      layer.positions[i * 3 + 1]! += inner ? (random() - 0.5) * 4 : 0
    }
    const painter = await open(rigOf([layer], 64, 64))
    const turned = round % 2 ? [0, 0, random() * 6, 0, 0, 0] : [0, 0, 0, 0, 0, 0]
    const frame = painter.paint(rest({ scale: 0.8, x: 20 + random(), y: 3 + random() }, turned))
    const lumas = new Set(frame.y)
    const once = Math.round(texture.y[0]! + (grey.y[0]! * 127) / 255)
    assert.deepEqual(
      [...lumas].sort((a, b) => a - b),
      [grey.y[0]!, once],
      `round ${round}`,
    )
    // No hole: along a row or a column, painted pixels are one run (the outline is convex).
    for (let y = 0; y < 64; y++) {
      let runs = 0
      for (let x = 1; x < 96; x++) {
        if (frame.y[y * 96 + x] === once && frame.y[y * 96 + x - 1] !== once) runs++
      }
      assert.ok(runs <= 1, `round ${round}: ${runs} runs in row ${y}`)
    }
  }
})

test('triangles that reach far out of the frame are cut at its edges', async () => {
  const texture = flat(40, 40, [250, 250, 250, 255])
  const painter = await open(rigOf([gridLayer('face', texture, { x: 0, y: 0, width: 40, height: 40 }, 3, 3)], 40, 40))
  const all = painter.paint(rest({ scale: 1e4, x: -2e5, y: -2e5 }))
  assert.deepEqual(new Set(all.y), new Set([texture.y[0]]))
  assert.deepEqual(new Set(all.u), new Set([texture.u[0]]))
  for (const placement of [
    { scale: 1, x: -500, y: 0 },
    { scale: 1, x: 500, y: 0 },
    { scale: 1, x: 0, y: -500 },
    { scale: 1, x: 0, y: 500 },
    { scale: 0, x: 5, y: 5 },
    { scale: Number.NaN, x: 5, y: 5 },
    { scale: 1e30, x: 5, y: 5 },
  ]) {
    const frame = painter.paint(rest(placement))
    if (placement.scale === 1) assert.deepEqual(new Set(frame.y), new Set([grey.y[0]]))
  }
  const partly = painter.paint(rest({ scale: 1, x: -20, y: 44 }))
  const white = partly.y.reduce((sum, value) => sum + (value === texture.y[0] ? 1 : 0), 0)
  assert.equal(white, 20 * 20)
  assert.ok(partly.y[43 * 96 + 5]! > grey.y[0]! && partly.y[42 * 96 + 5] === grey.y[0], 'its edge fades over one pixel')
})

test('turned, scaled and half clear, a layer is what slow arithmetic says', async () => {
  const texture = syntheticTexture(48, 36, true)
  const layer = gridLayer('face', texture, { x: 0, y: 0, width: 48, height: 36 }, 1, 1, 0)
  const background = syntheticTexture(96, 64, false, 2)
  const painter = await open(rigOf([layer], 48, 36), background)
  const placement = { scale: 1.37, x: 13.3, y: 5.7 }
  const frame = painter.paint(rest(placement))
  for (const [plane, shrink] of [
    ['y', 1],
    ['u', 2],
    ['v', 2],
  ] as const) {
    const columns = 96 / shrink
    for (let y = 0; y < 64 / shrink; y++) {
      for (let x = 0; x < columns; x++) {
        const s = ((x + 0.5) * shrink - placement.x) / placement.scale / shrink
        const t = ((y + 0.5) * shrink - placement.y) / placement.scale / shrink
        const inside = s >= 0 && t >= 0 && s < 48 / shrink && t < 36 / shrink
        const below = background[plane][y * columns + x]!
        const alphas = shrink === 1 ? texture.a! : texture.ac!
        const alpha = inside ? bilinear(alphas, 48 / shrink, 36 / shrink, s, t) : 0
        const value = inside ? bilinear(texture[plane], 48 / shrink, 36 / shrink, s, t) : 0
        const wanted = value + (below * (255 - alpha)) / 255
        const got = frame[plane][y * columns + x]!
        // A code for rounding the picture, half of one for rounding its alpha, and 1/128 texel of the weights' steps.
        assert.ok(Math.abs(got - wanted) <= 1.7, `${plane} at ${x}, ${y}: ${got} for ${wanted}`)
      }
    }
  }
})

test('the open edges of an opaque mesh are soft, and lie within half a pixel of where they belong', async () => {
  const white = flat(40, 40, [255, 255, 255, 255])
  const painter = await open(rigOf([gridLayer('face', white, { x: 0, y: 0, width: 40, height: 40 }, 4, 4)], 40, 40))
  const slope = 0.2
  const frame = painter.paint(rest({ scale: 1, x: 30, y: 10 }, [0, 0, Math.atan(slope), 0, 0, 0]))
  for (let x = 38; x < 60; x++) {
    // How much of a column down to the middle is white, against where the turned upper edge crosses it.
    let covered = 0
    for (let y = 0; y < 28; y++) {
      covered += (frame.y[y * 96 + x]! - grey.y[0]!) / (white.y[0]! - grey.y[0]!)
    }
    // The grid's corner (0, 0) turned about its pivot (20, 18).
    const [cos, sin] = [Math.cos(Math.atan(slope)), Math.sin(Math.atan(slope))]
    const edge = 10 + 18 - 20 * sin - 18 * cos + (x + 0.5 - (30 + 20 - 20 * cos + 18 * sin)) * slope
    assert.ok(covered - (28 - edge) > 0.1 && covered - (28 - edge) < 0.9, `${covered} for ${28 - edge} at ${x}`)
  }
  const between = new Set([...frame.y].filter((value) => value > grey.y[0]! && value < white.y[0]!))
  assert.ok(between.size > 10, `${between.size} values between`)
})

test('rows that nothing moves are left alone and look as if they had been painted', async () => {
  const box = { x: 0, y: 0, width: 80, height: 60 }
  const layer = { ...gridLayer('face', syntheticTexture(80, 60, true), box, 8, 6), fields: {} }
  const count = layer.headWeights.length
  const head = Float32Array.from({ length: count }, (_, vertex) => (layer.positions[vertex * 3 + 1]! < 25 ? 1 : 0))
  const still = rigOf([{ ...layer, headWeights: head }], 80, 60)
  // The same picture with one more vertex at the bottom that could move: nothing may be left alone.
  const restless = rigOf(
    [{ ...layer, headWeights: head.map((weight, i) => (i === count - 1 ? 1e-9 : weight)) }],
    80,
    60,
  )
  assert.ok(stillFrom(still) < 45)
  assert.ok(stillFrom(restless) >= 60)
  const states = [0, 0.1, -0.07].map((yaw, frame) => {
    const state = rest({ scale: 1, x: 4, y: 2 })
    return { ...state, frame, character: { ...state.character!, head: new Float32Array([yaw, 0, yaw / 2, 0, 0, 0]) } }
  })
  const painted = async (rig: Rig): Promise<number[][]> => {
    const painter = await openPainter({ canvas, kernel, rigs: new Map([['a', rig]]), background: () => grey })
    return states.map((state) => Array.from(painter.paint(state).y))
  }
  assert.deepEqual(await painted(still), await painted(restless))
})

test('lifted hands look as if everything had been painted, and rest as they did before', async () => {
  const box = { x: 0, y: 0, width: 80, height: 60 }
  const body = { ...gridLayer('body', syntheticTexture(80, 60, true), box, 8, 6), fields: {} }
  const arm = (hand: Hand, x: number): RigLayer => {
    const layer = gridLayer('arm', syntheticTexture(30, 20, true), { x, y: 36, width: 30, height: 20 }, 4, 3)
    const low = Array.from({ length: 20 }, (_, vertex) => vertex).filter((v) => layer.positions[v * 3 + 1]! > 40)
    const offsets = Float32Array.from({ length: low.length * 3 }, (_, i) => [2, -9, 0][i % 3]!)
    return { ...layer, fields: { [hand]: { vertices: Uint32Array.from(low), offsets } } }
  }
  // A still collar lies over the one arm: it is drawn later and must stay on top.
  const collar = {
    ...gridLayer('body', syntheticTexture(20, 12, true), { x: 10, y: 34, width: 20, height: 12 }, 2, 2),
    fields: {},
  }
  const breathing = (reaches: number) => ({
    ...body,
    headWeights: body.headWeights.map((_, v) => (body.positions[v * 3 + 1]! <= reaches ? 1e-9 : 0)),
  })
  const layersWith = (lowest: number) => [
    breathing(lowest),
    ...[arm('handRight', 8), arm('handLeft', 30), collar].map((layer) => ({
      ...layer,
      headWeights: new Float32Array(layer.headWeights.length),
    })),
  ]
  const still = rigOf(layersWith(20), 80, 60)
  const restless = rigOf(layersWith(60), 80, 60)
  assert.ok(stillFrom(still, HANDS) < 36)
  assert.ok(stillFrom(restless, HANDS) >= 60)
  const states = [
    [0, 0],
    [1, 0],
    [0.5, 0.25],
    [0, 1],
    [0, 0],
    [0.75, 0],
  ].map(([left, right]) => {
    const resting = rest({ scale: 1, x: 4, y: 2 })
    const shapes = new Float32Array(SHAPE_COUNT)
    shapes[SHAPE_INDEX.handLeft] = left!
    shapes[SHAPE_INDEX.handRight] = right!
    return { ...resting, character: { ...resting.character!, shapes } }
  })
  const painted = async (rig: Rig) => {
    const painter = await open(rig)
    return states.map((state) => {
      const { y, u, v, standing } = painter.paint(state)
      return { planes: [y, u, v].map((plane) => Array.from(plane)), standing }
    })
  }
  const pictures = await painted(still)
  assert.deepEqual(
    pictures.map(({ planes }) => planes),
    (await painted(restless)).map(({ planes }) => planes),
  )
  assert.equal(new Set(pictures.map(({ standing }) => standing)).size, 1, 'what stands still is put up once')
  assert.deepEqual(pictures[4], pictures[0])
  assert.equal(new Set(pictures.map(({ planes }) => planes.join())).size, 5, 'each pose of the hands looks different')
})

test('before pictures that change with every frame, who stands there looks as before ones that stand still', async () => {
  const box = { x: 0, y: 0, width: 80, height: 60 }
  const layer = { ...gridLayer('body', syntheticTexture(80, 60, true), box, 8, 6), fields: {} }
  const headWeights = layer.headWeights.map((_, vertex) => (layer.positions[vertex * 3 + 1]! < 25 ? 1 : 0))
  const hand = gridLayer('arm', syntheticTexture(30, 20, true), { x: 8, y: 36, width: 30, height: 20 }, 4, 3)
  const low = Array.from({ length: 20 }, (_, vertex) => vertex).filter((v) => hand.positions[v * 3 + 1]! > 40)
  const offsets = Float32Array.from({ length: low.length * 3 }, (_, i) => [2, -9, 0][i % 3]!)
  const arm = {
    ...hand,
    headWeights: new Float32Array(hand.headWeights.length),
    fields: { handLeft: { vertices: Uint32Array.from(low), offsets } },
  }
  const rig = rigOf([{ ...layer, headWeights }, arm], 80, 60)
  assert.ok(stillFrom(rig, HANDS) < 50, 'some of it stands still')
  const walls = [1, 2, 3, 4].map((seed) => syntheticTexture(96, 64, false, seed))
  const moving = await open(rig)
  for (const [frame, wall] of walls.entries()) {
    const state = rest({ scale: 1, x: 5, y: 3 }, [frame / 9, 0, frame / 20, 0, 0, 0])
    if (frame === 2) state.character!.shapes[SHAPE_INDEX.handLeft] = 0.8
    const shown = moving.paint({ ...state, frame, backdrop: { id: frame, picture: wall } })
    const still = await openPainter({ canvas, kernel, rigs: new Map([['a', rig]]), background: () => wall })
    const wanted = still.paint(state)
    for (const plane of ['y', 'u', 'v'] as const) {
      const most = Math.max(...shown[plane].map((value, at) => Math.abs(value - wanted[plane][at]!)))
      assert.ok(most <= 2, `frame ${frame}: ${plane} differs by ${most}`)
    }
  }
})

test('outside the changed rows, a picture is the one before', async () => {
  const rig = rigOf(
    [gridLayer('face', syntheticTexture(40, 16, true), { x: 0, y: 0, width: 40, height: 16 }, 4, 4)],
    40,
    16,
  )
  const painter = await open(rig)
  const states = [3, 20, 20.5, 44].map((y) => rest({ scale: 1, x: 9, y }))
  states.push({ frame: 4, background: { kind: 'own' }, character: null }, states[0]!)
  // Turning moves without another standing picture.
  states.push(rest({ scale: 1, x: 9, y: 3 }, [0, 0, 0.2, 0, 9, 0]), states[0]!)
  const held = { y: new Uint8Array(96 * 64), u: new Uint8Array(48 * 32), v: new Uint8Array(48 * 32) }
  let before: YuvFrame | null = null
  let copied = 0
  for (const state of states) {
    const frame = painter.paint(state)
    const { top, end } = changedRows(frame, before)
    copied += end - top
    held.y.set(frame.y.subarray(top * 96, end * 96), top * 96)
    held.u.set(frame.u.subarray(top * 24, end * 24), top * 24)
    held.v.set(frame.v.subarray(top * 24, end * 24), top * 24)
    for (const plane of ['y', 'u', 'v'] as const) assert.deepEqual(Buffer.from(held[plane]), Buffer.from(frame[plane]))
    before = { ...frame }
  }
  assert.ok(copied < states.length * 64, 'some rows are left out')
})

test('what moved away leaves the background behind, and a new background replaces the old', async () => {
  const texture = syntheticTexture(40, 30, true)
  const rig = rigOf([gridLayer('face', texture, { x: 0, y: 0, width: 40, height: 30 }, 4, 4)], 40, 30)
  const asked: string[] = []
  const painter = await openPainter({
    canvas,
    kernel,
    rigs: new Map([
      ['a', rig],
      ['b', rig],
    ]),
    background(wanted, _, avatarId) {
      asked.push('color' in wanted ? wanted.color : `own of ${avatarId}`)
      return wanted.kind === 'own' ? grey : flat(96, 64, [10, 200, 10, 255])
    },
  })
  painter.paint(rest({ scale: 1, x: 3, y: 5 }))
  painter.paint(rest({ scale: 1.3, x: 30.2, y: 20.1 }))
  const bare = painter.paint({ frame: 2, background: { kind: 'own' }, character: null })
  assert.deepEqual(new Set(bare.y), new Set([grey.y[0]]))
  const green: FrameState = { ...rest({ scale: 1, x: 3, y: 5 }), background: { kind: 'color', color: '#0ac80a' } }
  painter.paint(green)
  const empty = painter.paint({ ...green, character: null })
  assert.equal(new Set(empty.y).size, 1)
  assert.notEqual(empty.y[0], grey.y[0])
  painter.paint(rest({ scale: 1, x: 3, y: 5 }))
  assert.deepEqual(asked, ['own of a', 'own of a', 'own of null', '#0ac80a', '#0ac80a', 'own of a'])
  const other = rest({ scale: 1, x: 3, y: 5 })
  assert.throws(
    () => painter.paint({ ...other, character: { ...other.character!, avatarId: 'c' } }),
    /no prepared avatar "c"/,
  )
})

function bilinear(plane: Uint8Array, width: number, height: number, s: number, t: number): number {
  const [x, y] = [s - 0.5, t - 0.5]
  const [x0, y0] = [Math.floor(x), Math.floor(y)]
  const at = (column: number, row: number): number =>
    plane[Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column))]!
  const upper = at(x0, y0) * (x0 + 1 - x) + at(x0 + 1, y0) * (x - x0)
  const lower = at(x0, y0 + 1) * (x0 + 1 - x) + at(x0 + 1, y0 + 1) * (x - x0)
  return upper * (y0 + 1 - y) + lower * (y - y0)
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

test('a caption lies over everything while it stands, and leaves nothing behind', async () => {
  const texture = syntheticTexture(40, 30, false)
  const rig = rigOf([gridLayer('face', texture, { x: 0, y: 0, width: 40, height: 30 }, 3, 2)], 40, 30)
  const overlay = { texture: flat(20, 12, [255, 255, 255, 128]), left: 30, top: 38 }
  const picture = { lines: [], spoken: null, style: 'plain', fontSize: 8, top: 38 } as const
  let drawn = 0
  const caption = () => {
    drawn++
    return overlay
  }
  const rigs = new Map([['a', rig]])
  const painter = await openPainter({ canvas, rigs, background: () => grey, kernel, caption })
  const copy = ({ y, u, v }: YuvFrame) => [y.slice(), u.slice(), v.slice()]
  const state = rest({ scale: 1, x: 20, y: 14 })
  const before = copy(painter.paint(state))
  const captioned = painter.paint({ ...state, caption: picture })
  const at = 40 * 96 + 35
  assert.equal(captioned.y[at], overlay.texture.y[0]! + Math.round((before[0]![at]! * (255 - 128)) / 255))
  assert.equal(captioned.y[36 * 96 + 35], before[0]![36 * 96 + 35])
  assert.ok(captioned.moving.top <= 14 && captioned.moving.end >= 50)
  painter.paint({ ...state, caption: picture })
  assert.equal(drawn, 1, 'an equal caption is drawn once')
  assert.deepEqual(copy(painter.paint(state)), before)
  await assert.rejects(async () => (await open(rig)).paint({ ...state, caption: picture }), /opened without captions/)
})
