// The shipped recipes are sound, and a broken one is refused with file and field.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { Fault } from '../../core/errors.ts'
import type { PresenterRecipe } from '../../core/recipe.ts'
import { assetLicences, isUsable, spdxOf } from './asset-licences.ts'
import { checkRecipe, loadRecipes } from './recipes.ts'

const refuses = async (change: (recipe: PresenterRecipe) => unknown, field: string): Promise<void> => {
  const [recipe] = await loadRecipes()
  await assert.rejects(checkRecipe(change(recipe as PresenterRecipe), 'someone.json'), (error) => {
    assert.ok(error instanceof Fault)
    assert.equal(error.field, field)
    assert.match(error.message, /^someone\.json: /)
    return true
  })
}

describe('recipes', () => {
  it('ship at least 48 people, balanced over gender, age, ethnicity, style and scene', async () => {
    const recipes = await loadRecipes()
    const counts = (field: 'gender' | 'age' | 'ethnicity' | 'style' | 'scene'): Record<string, number> => {
      const found: Record<string, number> = {}
      for (const recipe of recipes) found[recipe[field]] = (found[recipe[field]] ?? 0) + 1
      return found
    }
    assert.ok(recipes.length >= 48)
    assert.equal(counts('gender').female, counts('gender').male)
    const { young_adult: young = 0, adult = 0, senior = 0 } = counts('age')
    assert.ok(young >= 16 && adult >= 16 && senior >= 9, JSON.stringify(counts('age')))
    const ethnicities = counts('ethnicity')
    assert.equal(Object.keys(ethnicities).length, 7)
    for (const [name, number] of Object.entries(ethnicities)) assert.ok(number >= 6, `${name}: ${number}`)
    assert.ok(Object.values(counts('style')).every((number) => number >= 20))
    const scenes = counts('scene')
    assert.equal(Object.keys(scenes).length, 7)
    for (const [name, number] of Object.entries(scenes)) assert.ok(number >= 4, `${name}: ${number}`)
  })

  it('have women and men of every age in every ethnicity but for a few', async () => {
    const recipes = await loadRecipes()
    const kinds = new Set(recipes.map(({ ethnicity, gender }) => `${ethnicity} ${gender}`))
    assert.equal(kinds.size, 14)
    const ages = new Set(recipes.map(({ ethnicity, age }) => `${ethnicity} ${age}`))
    assert.ok(ages.size >= 17, [...ages].join(', '))
  })

  it('answer to the numbers and sample ids that clients were written with', async () => {
    const recipes = await loadRecipes()
    assert.equal(recipes.find(({ number }) => number === 81)?.gender, 'female')
    assert.equal(recipes.find(({ number }) => number === 127)?.gender, 'male')
    assert.ok(recipes.some(({ number }) => number === 123))
    const aliases = recipes.flatMap((recipe) => recipe.aliases ?? [])
    for (const id of ['Daisy-inskirt-20220818', 'josh_lite3_20230714', 'Angela-inTshirt-20220820']) {
      assert.ok(aliases.includes(id), id)
    }
  })

  it('describe nobody twice: any two differ in face, and in at least two of hair, clothes, place and trappings', async () => {
    const recipes = await loadRecipes()
    const looks = recipes.map(({ hair, glasses, beard, clothes, backdrop, macro, details }) => ({
      face: JSON.stringify([macro, details]),
      looks: [hair, [glasses, beard], clothes, backdrop].map((one) => JSON.stringify(one ?? null)),
    }))
    looks.forEach((one, i) => {
      looks.slice(i + 1).forEach((other, k) => {
        const pair = `${recipes[i]!.id} and ${recipes[i + 1 + k]!.id}`
        assert.notEqual(one.face, other.face, pair)
        assert.ok(one.looks.filter((look, at) => look !== other.looks[at]).length >= 2, pair)
      })
    })
  })

  it('wear nothing twice in the same colours', async () => {
    const worn = (await loadRecipes()).map(({ clothes }) => JSON.stringify(clothes))
    assert.equal(new Set(worn).size, worn.length)
  })

  it('are refused for a zone that their garment does not have', () =>
    refuses(
      (recipe) => ({ ...recipe, clothes: [{ asset: 'male_elegantsuit01', colors: { cape: '#ff0000' } }] }),
      'clothes.0.colors.cape',
    ))

  it('are refused for a place that nobody can draw', () =>
    refuses(
      (recipe) => ({ ...recipe, backdrop: { kind: 'moon', color: '#000000', accent: '#000000', seed: 1 } }),
      'backdrop.kind',
    ))

  it('are refused for an unknown morph target', () =>
    refuses((recipe) => ({ ...recipe, details: { 'nose/nose-of-clay': 0.2 } }), 'details.nose/nose-of-clay'))

  it('are refused for an unknown asset', () => refuses((recipe) => ({ ...recipe, hair: { asset: 'wig99' } }), 'hair'))

  it('are refused for an asset that leads out of its folder', () =>
    refuses((recipe) => ({ ...recipe, clothes: [{ asset: '../hair/short01' }] }), 'clothes.0'))

  it('are refused for an unknown material', () =>
    refuses((recipe) => ({ ...recipe, eyes: { ...recipe.eyes, material: 'violet' } }), 'eyes'))

  it('are refused for a voice that is not an id', () =>
    refuses((recipe) => ({ ...recipe, voiceId: 'Sarah!' }), 'voiceId'))

  it('are refused for a field that nobody knows', async () => {
    const [recipe] = await loadRecipes()
    await assert.rejects(checkRecipe({ ...recipe, shoes: 'red' }, 'someone.json'), /shoes/)
  })

  it('use only assets whose own files state a licence that goes with ours', async () => {
    const licences = await assetLicences(await loadRecipes())
    assert.ok(licences.length > 10)
    for (const one of licences) assert.ok(isUsable(one), `${one.asset}: ${one.stated}`)
  })

  it('are all told of, with author and licence, on the page about licences', async () => {
    const page = await readFile(new URL('../../../docs/licences.md', import.meta.url), 'utf8')
    for (const { asset, author, licence } of await assetLicences(await loadRecipes())) {
      const row = licence === null ? `\`${asset}\`` : `| ${asset} | ${author} | ${licence} |`
      assert.ok(page.includes(row), `docs/licences.md lacks ${row}`)
    }
  })

  it('would be caught using anything else', async () => {
    const [recipe] = await loadRecipes()
    const licences = await assetLicences([{ ...(recipe as PresenterRecipe), hair: { asset: 'long01' } }])
    const asset = licences[0] as (typeof licences)[number]
    assert.equal(isUsable({ ...asset, licence: spdxOf('CCBY'), stated: 'CCBY' }), false)
    assert.equal(isUsable({ ...asset, licence: spdxOf('CC BY-NC 3.0'), stated: 'CC BY-NC 3.0' }), false)
    assert.equal(spdxOf('AGPL3 (see also http://www.makehuman.org/node/320)'), 'AGPL-3.0')
  })
})
