// The public avatars as their callers find them: by any of their ids, with a voice that fits.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadRecipes } from '../engines/faces/recipes.ts'
import { VOICES } from '../engines/voices/catalogue.ts'
import { coverKey } from './library.ts'
import { RENDERER_VERSIONS } from './renderer-versions.ts'

describe('public avatars', () => {
  it('speak English by default, with a voice of their gender and of about their age', async () => {
    for (const { id, gender, age, voiceId } of await loadRecipes()) {
      const voice = VOICES.find((one) => one.id === voiceId)
      assert.ok(voice, `${id}: ${voiceId}`)
      assert.equal(voice.gender, gender, id)
      assert.equal(voice.language, 'english', id)
      const fitting = { young_adult: ['young'], adult: ['middle_aged', 'young'], senior: ['middle_aged', 'old'] }[age]
      assert.ok(fitting.includes(voice.age), `${id}: ${age} with ${voice.age}`)
    }
  })
})

describe('covers', () => {
  it('are painted anew for another rig and by another version of whatever draws them', () => {
    const key = coverKey('a rig')
    assert.equal(coverKey('a rig'), key)
    assert.notEqual(coverKey('another rig'), key)
    for (const index of RENDERER_VERSIONS.keys()) {
      assert.notEqual(coverKey('a rig', RENDERER_VERSIONS.with(index, 'another version')), key, `version ${index}`)
    }
  })
})
