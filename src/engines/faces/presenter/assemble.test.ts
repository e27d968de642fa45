// What presenters of every kind must do: close the eyes, open and close the mouth, keep its parts together.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { PresenterRecipe } from '../../../core/recipe.ts'
import { SHAPES, type Shape } from '../../../core/shapes.ts'
import { loadRecipes } from '../recipes.ts'
import { assembleHuman } from './assemble.ts'
import { loadBaseMesh } from './base-mesh.ts'
import { gapOf } from './close-gap.ts'
import { eyeShapes } from './eye-shapes.ts'
import type { Human, HumanPart, PartKind } from './human.ts'
import { macroTargets } from './macro.ts'
import { type BaseFields, mouthShapes } from './mouth-shapes.ts'
import { type RestFace, restFace } from './rest-face.ts'
import { sumTargets } from './targets.ts'
import { added } from './vectors.ts'

type Person = { recipe: PresenterRecipe; human: Human; face: RestFace; fields: BaseFields }
const people: Person[] = []
/** Women and men, young and old, of several ethnicities; one without hair, one with glasses. */
const CAST = ['nora', 'victor', 'amara', 'ken', 'daniel', 'ingrid']

before(async () => {
  for (const recipe of (await loadRecipes()).filter(({ id }) => CAST.includes(id))) {
    const mesh = await loadBaseMesh()
    const moved = await sumTargets(new Map([...macroTargets(recipe.macro), ...Object.entries(recipe.details)]))
    const face = await restFace(mesh, added(mesh.positions, moved), recipe.macro)
    const fields = { ...(await mouthShapes(face)), ...(await eyeShapes(face)) }
    people.push({ recipe, human: await assembleHuman(recipe, { subdivisionLevel: 0 }), face, fields })
  }
})

const posed = ({ face, fields }: Person, weights: Partial<Record<Shape, number>>): Float32Array =>
  Object.entries(weights).reduce(
    (sum, [shape, weight]) => added(sum, fields[shape as Shape] as Float32Array, weight),
    face.positions,
  )

/** The widest gap of the lips in the middle half of the mouth, decimetres. */
const lipGap = (person: Person, weights: Partial<Record<Shape, number>>): number => {
  const { gaps } = gapOf(person.face.mesh, person.face.mouth, [0, 1, 2, 3]).measure(posed(person, weights))
  return Math.max(...gaps.subarray(gaps.length / 4, (gaps.length * 3) / 4))
}

const partOf = (human: Human, kind: PartKind): HumanPart => {
  const part = human.parts.find((one) => one.kind === kind)
  assert.ok(part, `no ${kind}`)
  return part
}

describe('an assembled presenter', () => {
  it('has every part in sound order, for each recipe', () => {
    assert.equal(people.length, CAST.length)
    for (const { human, recipe } of people) {
      for (const kind of ['skin', 'eye', 'teeth', 'tongue', 'lashes', 'brows', 'hair', 'cloth'] as const) {
        if (kind === 'hair' && !recipe.hair) continue
        const part = partOf(human, kind)
        const count = part.positions.length / 3
        assert.equal(part.uvs.length, count * 2)
        assert.equal(part.headWeights.length, count)
        assert.ok(part.triangles.length > 0 && part.triangles.every((vertex) => vertex < count), recipe.id + kind)
        assert.ok(part.positions.every(Number.isFinite), `${recipe.id} ${kind}`)
        for (const field of Object.values(part.fields)) assert.equal(field.length, count * 3)
      }
    }
  })

  it('gives the skin a field for every shape that skin can make', () => {
    const elsewhere: readonly Shape[] = ['tongueUp', 'tongueOut', 'gazeX']
    const hands: readonly Shape[] = ['handLeft', 'handRight']
    for (const { recipe, human } of people) {
      const missing = recipe.arms === 'hanging' ? [...elsewhere, ...hands] : elsewhere
      const { fields } = partOf(human, 'skin')
      for (const shape of SHAPES) assert.equal(shape in fields, !missing.includes(shape), `${recipe.id}: ${shape}`)
    }
  })

  it('closes the lids over the whole eye in a blink', () => {
    for (const person of people) {
      for (const [shape, opening] of [
        ['blinkLeft', person.face.eyeLeft],
        ['blinkRight', person.face.eyeRight],
      ] as const) {
        const gap = gapOf(person.face.mesh, opening, [2, 3, 4])
        assert.ok(Math.max(...gap.measure(person.face.positions).gaps) > 0.04, 'open at rest')
        const closed = Math.max(...gap.measure(posed(person, { [shape]: 1 })).gaps)
        assert.ok(closed < 0.003, `${person.recipe.id}: a gap of ${closed} dm is left`)
      }
    }
  })

  it('rests with its lips closed', () => {
    for (const person of people) assert.ok(lipGap(person, {}) < 0.002, person.recipe.id)
  })

  it('opens the mouth with the jaw by as much as people do, 12 to 28 mm', () => {
    for (const person of people) {
      const gap = lipGap(person, { jawOpen: 1 })
      assert.ok(gap > 0.12 && gap < 0.28, `${person.recipe.id}: ${gap} dm`)
    }
  })

  it('brings the lips together over an open jaw', () => {
    for (const person of people) {
      const gap = lipGap(person, { jawOpen: 1, mouthClose: 1 })
      assert.ok(Math.abs(gap) < 0.02, `${person.recipe.id}: ${gap} dm`)
      const half = lipGap(person, { jawOpen: 0.5, mouthClose: 0.5 })
      assert.ok(Math.abs(half) < 0.02, `${person.recipe.id}: ${half} dm`)
    }
  })

  it('holds the lips firmly for p, b and m, and parts them 2 to 3 mm for s', () => {
    for (const person of people) {
      assert.ok(lipGap(person, { lipsPress: 1 }) < 0, person.recipe.id)
      const gap = lipGap(person, { lipsPart: 1 })
      assert.ok(gap > 0.018 && gap < 0.035, `${person.recipe.id}: ${gap} dm`)
    }
  })

  it('narrows the mouth for oo and widens it for ee', () => {
    for (const person of people) {
      const rest = person.face.mouthWidth(person.face.positions)
      const width = (shape: Shape): number => person.face.mouthWidth(posed(person, { [shape]: 1 })) / rest
      assert.ok(width('lipsRound') < 0.75, person.recipe.id)
      assert.ok(width('lipsWide') > 1.08 && width('lipsWide') < 1.16, person.recipe.id)
    }
  })

  it('rounds lips level, shut while the jaw rests, and with no teeth behind the slit that a little jaw opens', () => {
    for (const person of people) {
      const { face, recipe, fields } = person
      const at = posed(person, { lipsRound: 1 })
      const height = (vertex: number): number => at[vertex * 3 + 1] as number
      const line = face.mouth.lowerRings[1] as readonly number[]
      const middle = height(line[line.length >> 1] as number)
      const corners = (height(line[0] as number) + height(line.at(-1) as number)) / 2
      assert.ok(Math.abs(corners - middle) < 0.015, `${recipe.id}: corners ${corners - middle} dm above the middle`)
      assert.ok(lipGap(person, { lipsRound: 1 }) < 0.002, recipe.id)
      const apart = (shape: Shape): number => {
        const field = fields[shape] as Float32Array
        const lift = (helper: string): number => field[(face.mesh.helper(helper)[0] as number) * 3 + 1] as number
        return lift('helper-upper-teeth') - lift('helper-lower-teeth')
      }
      assert.ok(apart('lipsRound') > 0.05, recipe.id)
    }
  })

  it('keeps the brows on the skin when they rise', () => {
    for (const { human, recipe } of people) {
      const skin = partOf(human, 'skin')
      const brows = partOf(human, 'brows')
      const at = (part: HumanPart, weight: number, vertex: number): number[] =>
        [0, 1, 2].map(
          (axis) =>
            (part.positions[vertex * 3 + axis] as number) +
            weight * ((part.fields.browsUp as Float32Array)[vertex * 3 + axis] as number),
        )
      for (let vertex = 0; vertex * 3 < brows.positions.length; vertex += 7) {
        const here = at(brows, 0, vertex)
        let nearest = 0
        let least = Number.POSITIVE_INFINITY
        for (let other = 0; other * 3 < skin.positions.length; other++) {
          const there = at(skin, 0, other)
          const distance = Math.hypot(...there.map((value, axis) => value - (here[axis] as number)))
          if (distance < least) [nearest, least] = [other, distance]
        }
        const raised = at(brows, 1, vertex)
        const skinRaised = at(skin, 1, nearest)
        const apart = Math.hypot(...raised.map((value, axis) => value - (skinRaised[axis] as number)))
        assert.ok(Math.abs(apart - least) < 0.03, `${recipe.id}: a brow leaves the skin by ${apart - least} dm`)
      }
    }
  })

  it('leaves the upper teeth with the skull and takes the lower ones down with the jaw', () => {
    for (const { human } of people) {
      const teeth = partOf(human, 'teeth')
      const jaw = teeth.fields.jawOpen as Float32Array
      const lower = teeth.lowerJaw as Uint8Array
      const front = teeth.positions.reduce((most, z, at) => (at % 3 === 2 ? Math.max(most, z) : most), 0)
      lower.forEach((isLower, vertex) => {
        const down = -(jaw[vertex * 3 + 1] as number)
        const isFront = (teeth.positions[vertex * 3 + 2] as number) > front - 0.2
        if (!isLower) assert.ok(Math.abs(down) < 1e-3, `an upper tooth moves by ${down} dm`)
        else assert.ok(down > (isFront ? 0.1 : 0.02), `a lower tooth moves by only ${down} dm`)
      })
    }
  })

  it('turns with the skull above the jaw and not at all below the collar', () => {
    for (const { human } of people) {
      const { positions, headWeights } = partOf(human, 'skin')
      headWeights.forEach((weight, vertex) => {
        const y = positions[vertex * 3 + 1] as number
        if (y > human.eyeLeft[1]) assert.ok(weight > 0.99)
        if (y < human.chin[1] - 1.6) assert.ok(weight < 0.02)
      })
    }
  })

  it('gives the same person with more triangles when subdivided further', async () => {
    const { recipe, human } = people[0] as Person
    const finer = await assembleHuman(recipe, { subdivisionLevel: 1 })
    assert.equal(partOf(finer, 'skin').triangles.length, partOf(human, 'skin').triangles.length * 4)
    assert.deepEqual(finer.chin, human.chin)
  })
})
