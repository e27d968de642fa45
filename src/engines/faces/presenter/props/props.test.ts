// Glasses fit the face they are made for, beards leave the lips free, swept hair leaves the eyes free.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openBeard } from './beard.ts'
import { eyeglasses } from './eyeglasses.ts'
import { headscarf } from './headscarf.ts'
import { sweptHair } from './swept-hair.ts'

const face = {
  eyeLeft: [-0.3, 7, 1.2],
  eyeRight: [0.3, 7, 1.2],
  eyeRadius: 0.12,
  headPivot: [0, 6.8, 0.2],
  crown: [0, 8.2, 0.2],
  chin: [0, 5.8, 1.2],
} as const
/** A head as wide as 0.7 to both sides. */
const skin = Float32Array.from([-0.7, 7, 0.9, 0.7, 7, 0.9, 0, 8.2, 0.2])

describe('eyeglasses', () => {
  for (const style of ['round', 'oval', 'square', 'cat'] as const) {
    it(`of ${style} form sit before both eyes, stay clear of them and reach back to the ears`, () => {
      const [lenses, frame] = eyeglasses({ style, frame: 'metal', color: '#000000' }, face, skin, [0, 0, 0])
      assert.ok(lenses?.clear && frame && !frame.clear)
      const eyeFront = 1.2 + face.eyeRadius
      for (let i = 0; i < lenses.positions.length; i += 3) assert.ok(lenses.positions[i + 2]! > eyeFront - 0.12)
      const xs = frame.positions.filter((_, i) => i % 3 === 0)
      assert.ok(Math.abs(Math.min(...xs) + Math.max(...xs)) < 1e-5, 'both sides alike')
      assert.ok(Math.max(...xs) > 0.7 && Math.max(...xs) < 0.8)
      assert.ok(Math.min(...frame.positions.filter((_, i) => i % 3 === 2)) < 0.55)
      const count = frame.positions.length / 3
      assert.ok(frame.triangles.every((vertex) => vertex < count))
    })
  }
})

describe('eyeglasses on a high nose', () => {
  it('sit before it', () => {
    const ridge: number[] = []
    for (let x = -0.12; x <= 0.12; x += 0.01) {
      for (let y = 6.6; y < 7.1; y += 0.02) ridge.push(x, y, 1.62 - 2 * Math.abs(x) - (y - 6.6) * 0.3)
    }
    const on = (points: readonly number[]) => {
      const options = { style: 'square', frame: 'acetate', color: '#000000' } as const
      const [, frame] = eyeglasses(options, face, Float32Array.from([...skin, ...points]), [0, 0, 0])
      return frame!.positions
    }
    const [flat, high] = [on([]), on(ridge)]
    const front = (positions: Float32Array) => Math.max(...positions.filter((_, i) => i % 3 === 2))
    assert.ok(front(high) > front(flat) + 0.01)
    for (let i = 0; i < high.length; i += 3) {
      const [x, y, z] = [high[i]!, high[i + 1]!, high[i + 2]!]
      if (Math.abs(x) > 0.1 || y < 6.62 || y > 7.05) continue
      assert.ok(z > 1.62 - 2 * Math.abs(x) - (y - 6.6) * 0.3 - 0.02, `${x}, ${y}, ${z} lies in the nose`)
    }
  })
})

describe('a beard', () => {
  const features = { mouth: [0, 6.2, 1.3], chin: [0, 5.75, 1.25], eyes: [0, 7, 1.2], unit: 0.6, mouthHalf: 0.25 }
  const share = (style: 'moustache' | 'goatee' | 'full', x: number, up: number, lip = 0): number => {
    const cover = openBeard({ style, length: 'full', color: '#000000' }, features, 1)
    let sum = 0
    for (let k = 0; k < 40; k++) sum += cover(x + (k % 8) * 0.004, 6.2 + up * 0.6 + Math.floor(k / 8) * 0.004, 1.3, lip)
    return sum / 40
  }
  it('grows where its style says', () => {
    assert.ok(share('moustache', 0.1, 0.12) > 0.4 && share('moustache', 0, -0.5) === 0)
    assert.ok(share('goatee', 0, -0.5) > 0.5 && share('goatee', 0.5, -0.2) < 0.05)
    assert.ok(share('full', 0.45, -0.3) > 0.5)
  })
  it('leaves lips, nose and eyes bare', () => {
    for (const style of ['moustache', 'goatee', 'full'] as const) {
      assert.equal(share(style, 0, -0.02, 1), 0)
      assert.equal(share(style, 0, 0.7), 0)
      assert.equal(share(style, 0.25, 1.3), 0)
    }
  })
})

describe('swept hair', () => {
  it('hangs beside the eyes and stays as it was over the forehead', () => {
    const before = Float32Array.from([-0.2, 7, 1.35, 0.1, 7.05, 1.35, 0.35, 6.5, 1.3, 0, 8.3, 0.5])
    const after = sweptHair(before, face)
    for (let i = 0; i < 9; i += 3) assert.ok(Math.abs(after[i]!) > 0.5, `${after[i]} is beside the eye`)
    assert.deepEqual(after.subarray(9), before.subarray(9))
  })
})

describe('a headscarf', () => {
  it('covers crown, ears and throat, and leaves the face free', () => {
    // A ball for a head on a post for a neck, on a slab for shoulders.
    const points: number[] = []
    for (let k = 0; k < 4000; k++) {
      const [a, b] = [k * 2.399963, Math.acos(1 - (2 * (k + 0.5)) / 4000)]
      points.push(0.72 * Math.sin(b) * Math.cos(a), 7.05 + 1.15 * Math.cos(b), 0.45 + 0.85 * Math.sin(b) * Math.sin(a))
      if (k % 4 === 0) points.push(0.5 * Math.cos(a), 5 + (k / 4000) * 1.2, 0.2 + 0.5 * Math.sin(a))
      if (k % 4 === 1) points.push(1.8 * Math.cos(a), 5 - (k / 4000) * 1.2, 0.2 + 0.7 * Math.sin(a))
    }
    const { positions, triangles } = headscarf(face, [Float32Array.from(points)], [0.3, 0.1, 0.1], 5)
    const within = (left: number, bottom: number, right: number, top: number, front: number): number => {
      let count = 0
      for (let i = 0; i < positions.length; i += 3) {
        const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!]
        if (x > left && x < right && y > bottom && y < top && z > front) count++
      }
      return count
    }
    assert.ok(positions.every(Number.isFinite))
    assert.ok(triangles.every((vertex) => vertex < positions.length / 3))
    assert.equal(within(-0.4, 6.1, 0.4, 7.4, 0.9), 0, 'eyes, nose and mouth are free')
    assert.ok(within(-0.3, 8.2, 0.3, 8.6, 0) > 3, 'the crown is covered')
    assert.ok(within(-1, 5.4, 1, 5.8, 0.6) > 3, 'the throat is covered')
  })
})
