import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rig, TexturePlanes } from '../../core/rig.ts'
import { decodeRig, encodeRig } from './rig-file.ts'

const planes = (alpha: boolean): TexturePlanes => ({
  width: 4,
  height: 2,
  y: Uint8Array.from([16, 40, 80, 120, 160, 200, 220, 235]),
  u: Uint8Array.from([100, 150]),
  v: Uint8Array.from([110, 160]),
  a: alpha ? Uint8Array.from([0, 1, 2, 3, 4, 5, 6, 255]) : null,
  ac: alpha ? Uint8Array.from([9, 250]) : null,
})

function smallRig(): Rig {
  const shared = planes(true)
  const layer = {
    texture: shared,
    positions: Float32Array.from([0, 0, 0.5, 4, 0, -1, 0, 2, 3]),
    uvs: Float32Array.from([0, 0, 4, 0, 0, 2]),
    triangles: Uint32Array.from([0, 1, 2]),
    headWeights: Float32Array.from([0, 0.5, 1]),
    fields: { jawOpen: { vertices: Uint32Array.from([2]), offsets: Float32Array.from([0, 12.25, -3]) } },
  }
  return {
    format: 1,
    width: 1400,
    height: 2000,
    layers: [
      { ...layer, name: 'body' },
      { ...layer, name: 'face', fields: {} },
      { ...layer, name: 'eyes', texture: planes(false) },
    ],
    headPivot: { x: 1, y: 2, z: 3 },
    headBox: { x: 4, y: 5, width: 6, height: 7 },
    mouth: { left: { x: 1, y: 1, z: 1 }, right: { x: 2, y: 1, z: 1 } },
    eyes: { x: 1, y: 2, z: 3 },
    bodySpan: { left: 10, right: 20 },
    backdrop: null,
  }
}

test('a rig comes back from its file as it went in', () => {
  const rig = smallRig()
  assert.deepEqual(decodeRig(encodeRig(rig)), rig)
})

test('a backdrop comes back too', () => {
  const rig = { ...smallRig(), backdrop: planes(false) }
  assert.deepEqual(decodeRig(encodeRig(rig)), rig)
})

test('a texture that two layers share is stored once and shared again', () => {
  const rig = decodeRig(encodeRig(smallRig()))
  assert.equal(rig.layers[0]!.texture, rig.layers[1]!.texture)
  assert.notEqual(rig.layers[0]!.texture, rig.layers[2]!.texture)
})

test('a read rig lies in the bytes it was read from, shared memory included', () => {
  const bytes = encodeRig(smallRig())
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length))
  shared.set(bytes)
  const rig = decodeRig(shared)
  assert.equal(rig.layers[0]!.positions.buffer, shared.buffer)
  assert.equal(rig.layers[0]!.texture.y.buffer, shared.buffer)
})

test('bytes at an odd place of a larger buffer are read all the same', () => {
  const bytes = encodeRig(smallRig())
  const larger = new Uint8Array(bytes.length + 3)
  larger.set(bytes, 3)
  assert.deepEqual(decodeRig(larger.subarray(3)), smallRig())
})

test('a file that is cut short, foreign or empty is an internal fault that says what to do', () => {
  const bytes = encodeRig(smallRig())
  const foreign = bytes.slice()
  foreign[0] = 0
  for (const bad of [bytes.subarray(0, bytes.length - 1), foreign, new Uint8Array(0), bytes.subarray(0, 12)]) {
    assert.throws(() => decodeRig(bad), { kind: 'internal', message: /made again/ })
  }
})
