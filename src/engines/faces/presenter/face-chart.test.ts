// Make-up lies where it belongs on the chart of the face: checked on the skin of an assembled presenter.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { loadRecipes } from '../recipes.ts'
import { assembleHuman } from './assemble.ts'
import { lidPaint, lipShare } from './face-chart.ts'
import type { Human, HumanPart } from './human.ts'

let human: Human
let skin: HumanPart

before(async () => {
  const nora = (await loadRecipes()).find(({ id }) => id === 'nora')!
  human = await assembleHuman(nora)
  skin = human.parts.find(({ kind }) => kind === 'skin')!
})

type Spot = { readonly x: number; readonly y: number; readonly z: number; readonly value: number }

/** Vertices of the face's front with what `valueAt` says of their place on the chart. */
function spots(valueAt: (u: number, v: number) => number): Spot[] {
  const found: Spot[] = []
  for (let i = 0; i < skin.uvs.length / 2; i++) {
    const [x, y, z] = [skin.positions[i * 3]!, skin.positions[i * 3 + 1]!, skin.positions[i * 3 + 2]!]
    if (z < human.eyeLeft[2] - 0.3 || y < human.chin[1]) continue
    found.push({ x, y, z, value: valueAt(skin.uvs[i * 2]!, skin.uvs[i * 2 + 1]!) })
  }
  return found
}

describe('the chart of the face', () => {
  it('has lips round the mouth, from corner to corner and nowhere else', () => {
    const red = spots((u, v) => lipShare(human.chart, u, v)).filter(({ value }) => value > 0.5)
    const middle = (human.mouthLeft[1] + human.mouthRight[1]) / 2
    const half = (human.mouthRight[0] - human.mouthLeft[0]) / 2
    assert.ok(red.length > 100, `${red.length} points`)
    for (const { x, y } of red) {
      assert.ok(Math.abs(x) < half * 1.15, `${x} is beside the mouth, which ends at ${half}`)
      assert.ok(y > middle - 0.17 && y < middle + 0.15, `${y} is not on the lips about ${middle}`)
    }
    const above = red.filter(({ x, y }) => Math.abs(x) < 0.05 && y > middle + 0.03)
    const below = red.filter(({ x, y }) => Math.abs(x) < 0.05 && y < middle - 0.03)
    assert.ok(above.length > 3 && below.length > 3, 'both lips are red')
  })

  it('ends the red of the lips softly', () => {
    const shares = spots((u, v) => lipShare(human.chart, u, v)).map(({ value }) => value)
    assert.ok(shares.some((share) => share > 0.1 && share < 0.9))
    assert.ok(shares.every((share) => share >= 0 && share <= 1))
  })

  it('has a line along both upper lids, and colour above it that ends below the brows', () => {
    for (const [x, y] of [human.eyeLeft, human.eyeRight]) {
      const near = (spot: Spot) => Math.abs(spot.x - x) < 0.35
      const lined = spots((u, v) => lidPaint(human.chart, u, v).liner).filter((s) => near(s) && s.value > 0.5)
      const shaded = spots((u, v) => lidPaint(human.chart, u, v).shadow).filter((s) => near(s) && s.value > 0.3)
      assert.ok(lined.length > 5 && shaded.length > 10, `${lined.length} and ${shaded.length} points`)
      for (const spot of [...lined, ...shaded]) {
        assert.ok(Math.abs(spot.y - y) < 0.25, `${spot.y} is not on a lid of the eye at ${y}`)
      }
      assert.ok(shaded.some((spot) => spot.y > y + 0.05))
    }
  })

  it('leaves nose, cheeks, forehead and chin bare', () => {
    const painted = (u: number, v: number) =>
      Math.max(lipShare(human.chart, u, v), ...Object.values(lidPaint(human.chart, u, v)))
    const eyes = human.eyeLeft[1]
    const mouth = human.mouthLeft[1]
    for (const { y, value } of spots(painted)) {
      const isBetween = y < eyes - 0.3 && y > mouth + 0.2
      if (isBetween || y > eyes + 0.3 || y < mouth - 0.22) assert.equal(value, 0)
    }
  })
})
