import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rig, RigLayer } from '../../core/rig.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { posedLayers, poseRig } from './pose-rig.ts'
import { gridLayer, rigOf, syntheticTexture } from './synthetic-rig.ts'

const upright = { scale: 1, x: 0, y: 0 }
const noShapes = new Float32Array(SHAPE_COUNT)
const still = new Float32Array(6)
const [CROWN, NOSE, CHIN, EAR, CHEST] = [0, 1, 2, 3, 4]

/** A head of four points about the pivot (100, 100, 0) and one on the chest, which the head leaves alone. */
function head(): Rig {
  const base = gridLayer('face', syntheticTexture(4, 4, false), { x: 0, y: 0, width: 4, height: 4 }, 1, 1)
  const layer: RigLayer = {
    ...base,
    positions: Float32Array.of(100, 40, 0, 100, 100, 50, 100, 150, 30, 140, 100, 0, 100, 300, 0),
    headWeights: Float32Array.of(1, 1, 1, 0.5, 0),
    fields: {
      jawOpen: { vertices: Uint32Array.of(CHIN), offsets: Float32Array.of(0, 20, -4) },
      smile: { vertices: Uint32Array.of(NOSE, CHIN), offsets: Float32Array.of(1, 2, 3, 4, 5, 6) },
    },
  }
  return { ...rigOf([layer], 200, 400), headPivot: { x: 100, y: 100, z: 0 } }
}

function pose(headValues: Partial<Record<'yaw' | 'pitch' | 'roll' | 'shiftX' | 'shiftY', number>>, shapes = noShapes) {
  const { yaw = 0, pitch = 0, roll = 0, shiftX = 0, shiftY = 0 } = headValues
  const points = poseRig(head(), shapes, Float32Array.of(yaw, pitch, roll, shiftX, shiftY, 0), upright)[0]!
  return (vertex: number) => ({ x: points[vertex * 2]!, y: points[vertex * 2 + 1]! })
}

function near(got: number, wanted: number): void {
  assert.ok(Math.abs(got - wanted) < 1e-3, `${got} for ${wanted}`)
}

test('at rest a rig lies where its placement puts it', () => {
  const points = poseRig(head(), noShapes, still, { scale: 2, x: 7, y: -3 })[0]!
  assert.deepEqual([...points.slice(0, 4)], [207, 77, 207, 197])
})

test('yaw > 0 moves the nose to the right as seen', () => {
  const at = pose({ yaw: 0.3 })
  near(at(NOSE).x, 100 + 50 * Math.sin(0.3))
  near(at(NOSE).y, 100)
})

test('pitch > 0 moves the nose down', () => {
  const at = pose({ pitch: 0.3 })
  near(at(NOSE).y, 100 + 50 * Math.sin(0.3))
  near(at(NOSE).x, 100)
})

test('roll > 0 moves the crown to the right as seen', () => {
  const at = pose({ roll: 0.3 })
  near(at(CROWN).x, 100 + 60 * Math.sin(0.3))
  near(at(CROWN).y, 100 - 60 * Math.cos(0.3))
})

test('turns keep distances: the head is a rigid body seen from afar', () => {
  const yaw = 0.4
  const pitch = -0.3
  const roll = 0.2
  const at = pose({ yaw, pitch, roll })
  // The nose points along z: pitched, then turned, then tilted.
  const x = Math.cos(pitch) * Math.sin(yaw)
  const y = Math.sin(pitch)
  near(at(NOSE).x, 100 + 50 * (x * Math.cos(roll) - y * Math.sin(roll)))
  near(at(NOSE).y, 100 + 50 * (x * Math.sin(roll) + y * Math.cos(roll)))
})

test('a vertex follows the head as far as its weight says', () => {
  const at = pose({ shiftX: 10, shiftY: -6 })
  assert.deepEqual(at(CROWN), { x: 110, y: 34 })
  assert.deepEqual(at(EAR), { x: 145, y: 97 })
  assert.deepEqual(at(CHEST), { x: 100, y: 300 })
})

test('shapes add up by their weights and turn with the head', () => {
  const shapes = new Float32Array(SHAPE_COUNT)
  shapes[SHAPE_INDEX.jawOpen] = 0.5
  shapes[SHAPE_INDEX.smile] = -1
  shapes[SHAPE_INDEX.blinkLeft] = 1
  const at = pose({}, shapes)
  assert.deepEqual(at(CHIN), { x: 96, y: 155 })
  assert.deepEqual(at(NOSE), { x: 99, y: 98 })
  near(pose({ yaw: 0.5 }, shapes)(CHIN).x, 100 - 4 * Math.cos(0.5) + (30 - 2 - 6) * Math.sin(0.5))
})

test('a pose can be written into arrays that are used again', () => {
  const rig = head()
  const out = posedLayers(rig)
  assert.equal(poseRig(rig, noShapes, still, upright, out), out)
  const first = out[0]!.slice()
  poseRig(rig, noShapes, Float32Array.of(1, 1, 1, 9, 9, 0), upright, out)
  poseRig(rig, noShapes, still, upright, out)
  assert.deepEqual(out[0], first)
  assert.deepEqual(rig.layers[0]!.positions.slice(0, 3), Float32Array.of(100, 40, 0))
})
