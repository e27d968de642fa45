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
  it('ship two women and two men of several ages, numbers 81 and 127 among them', async () => {
    const recipes = await loadRecipes()
    const count = (gender: string): number => recipes.filter((recipe) => recipe.gender === gender).length
    assert.ok(count('female') >= 2 && count('male') >= 2)
    assert.equal(new Set(recipes.map(({ age }) => age)).size, 3)
    assert.equal(recipes.find(({ number }) => number === 81)?.gender, 'female')
    assert.equal(recipes.find(({ number }) => number === 127)?.gender, 'male')
  })

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
