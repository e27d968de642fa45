// Zones of a garment take their own colours and leave the others alone.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadProxy } from '../proxy.ts'
import { readPicture } from '../read-picture.ts'
import { dyed, zonesOf } from './dye.ts'
import { ZONES } from './zones.ts'

const pictureOf = async (garment: string) =>
  readPicture((await loadProxy('clothes', garment)).materials[0]!.diffusePath as string)

describe('a dyed garment', () => {
  it('shows the colour in its zone and nowhere else', async () => {
    const before = await pictureOf('male_elegantsuit01')
    const after = dyed(before, 'male_elegantsuit01', { colours: { tie: [0.8, 0, 0] }, plain: true })
    let changed = 0
    for (let i = 0; i < before.data.length; i += 4) {
      if (after.data[i] === before.data[i]) continue
      changed++
      assert.ok(after.data[i]! > 0.4 && after.data[i + 1] === 0)
    }
    const share = changed / (before.width * before.height)
    assert.ok(share > 0.001 && share < 0.01, `${share} of the picture is tie`)
  })

  it('keeps folds and seams unless it is to be plain', async () => {
    const before = await pictureOf('male_casualsuit03')
    const spread = (plain: boolean): number => {
      const { data } = dyed(before, 'male_casualsuit03', { colours: { shirt: [0.3, 0.3, 0.3] }, plain })
      return new Set(data.filter((_, i) => i % 4 === 0)).size
    }
    assert.equal(spread(true), 1)
    assert.ok(spread(false) > 50)
  })

  it('has both sleeves in the colour of the shirt', async () => {
    const sleeves: Readonly<Record<string, readonly (readonly [u: number, v: number])[]>> = {
      male_casualsuit02: [
        [0.8, 0.2],
        [0.85, 0.75],
      ],
      male_casualsuit04: [
        [0.8, 0.18],
        [0.8, 0.32],
      ],
      female_casualsuit01: [
        [0.8, 0.63],
        [0.8, 0.77],
      ],
      female_sportsuit01: [
        [0.8, 0.63],
        [0.8, 0.77],
      ],
    }
    for (const [garment, places] of Object.entries(sleeves)) {
      const { data, width, height } = dyed(await pictureOf(garment), garment, {
        colours: { shirt: [0, 0.5, 0] },
        plain: true,
      })
      for (const [u, v] of places) {
        const at = (Math.floor(v * height) * width + Math.floor(u * width)) * 4
        assert.ok(data[at] === 0 && data[at + 1]! > 0.2, `${garment} at ${u}, ${v}`)
      }
    }
  })

  it('has every zone of the table on its picture', async () => {
    for (const garment of Object.keys(ZONES)) {
      const before = await pictureOf(garment)
      for (const zone of zonesOf(garment)) {
        const { data } = dyed(before, garment, { colours: { [zone]: [0, 0.5, 0] }, plain: true })
        assert.notDeepEqual(data, before.data, `${garment} has no ${zone}`)
      }
    }
  })
})
