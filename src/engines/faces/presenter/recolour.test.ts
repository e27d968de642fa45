// Any colour from any asset, with its light and dark kept.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Picture } from './picture.ts'
import { greyed, recoloured } from './recolour.ts'

/** Five opaque texels from dark to bright, in one hue. */
const strands = (hue: readonly number[]): Picture => {
  const data = Float32Array.from([0.4, 0.7, 1, 1.4, 2].flatMap((level) => [...hue.map((c) => c * level), 1]))
  return { width: 5, height: 1, data, alpha: new Uint8Array(5).fill(255) }
}

const BLACK = [0.012, 0.01, 0.009]
const BLOND = [0.42, 0.3, 0.16] as const

describe('a recoloured picture', () => {
  it('has the colour in its middle, whatever it had before', () => {
    for (const before of [BLACK, [0.5, 0.45, 0.3]]) {
      const { data } = recoloured(strands(before), BLOND)
      for (const [c, value] of BLOND.entries()) assert.ok(Math.abs(data[8 + c]! - value) < 0.01)
    }
  })

  it('keeps the order of light and dark', () => {
    const { data } = recoloured(strands(BLACK), BLOND)
    for (let i = 4; i < data.length; i += 4) assert.ok(data[i]! > data[i - 4]!)
  })

  it('turns grey by the share asked for', () => {
    const half = greyed(strands(BLACK), 0.5).data
    const whole = greyed(strands(BLACK), 1).data
    assert.ok(half[8]! > 0.15 && half[8]! < 0.3 && whole[8]! > 0.4)
    assert.ok(Math.abs(whole[8]! - whole[10]!) < 0.03, 'silver has no hue')
  })
})
