import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import type { Rig, RigLayer } from '../../core/rig.ts'
import type { Shape } from '../../core/shapes.ts'
import { prepareRig, RIG_VERSION } from './prepare-rig.ts'
import { rasterise } from './presenter/raster.ts'
import { loadRecipes } from './recipes.ts'
import { decodeRig, encodeRig } from './rig-file.ts'

let rig: Rig

/** Baking takes seconds: a finished rig is kept between runs under what it was made from. */
before(async () => {
  const recipe = (await loadRecipes())[0]!
  const sources = await Promise.all(
    ['bake', 'skin', 'face-layer', 'scene', 'grid', 'rim', 'eyes', 'mouth', 'mesh', 'assemble', 'expressions'].map(
      (name) => readFile(new URL(`./presenter/${name}.ts`, import.meta.url), 'utf8').catch(() => ''),
    ),
  )
  const key = createHash('sha256')
    .update(JSON.stringify([RIG_VERSION, recipe, sources]))
    .digest('hex')
    .slice(0, 16)
  const folder = join(tmpdir(), 'rostrum-test-rigs')
  const path = join(folder, `${key}.rig`)
  try {
    rig = decodeRig(await readFile(path))
  } catch {
    rig = await prepareRig(recipe)
    await mkdir(folder, { recursive: true })
    await writeFile(`${path}.${process.pid}`, encodeRig(rig))
    await rename(`${path}.${process.pid}`, path)
  }
})

/** The layer that is on top in each pixel, by number; -1 for none. */
function paintIds(shapes: Partial<Record<Shape, number>>, only: (layer: RigLayer) => boolean): Int16Array {
  const ids = new Int16Array(rig.width * rig.height).fill(-1)
  rig.layers.forEach((layer, index) => {
    if (!only(layer)) return
    const positions = layer.positions.slice()
    for (const [shape, weight] of Object.entries(shapes)) {
      const field = layer.fields[shape as Shape]
      field?.vertices.forEach((vertex, i) => {
        for (let c = 0; c < 3; c++) positions[vertex * 3 + c]! += weight * field.offsets[i * 3 + c]!
      })
    }
    rasterise(rig.width, rig.height, positions, 3, layer.triangles, (start, count) => {
      ids.fill(index, start, start + count)
    })
  })
  return ids
}

const MOUTH = new Set(['mouthInside', 'tongue', 'lowerTeeth', 'upperTeeth'])
const EYES = new Set(['eyes', 'eyeLight'])
/** The face proper: the opaque one of the layers called so. */
const isFace = (layer: RigLayer) => layer.name === 'face' && !layer.texture.a

const count = (ids: Int16Array, names: ReadonlySet<string>) =>
  ids.reduce((sum, id) => sum + (id >= 0 && names.has(rig.layers[id]!.name) ? 1 : 0), 0)

test('a presenter has every layer that speaking needs, back to front', () => {
  const names = rig.layers.map((layer) => layer.name)
  for (const name of ['body', 'mouthInside', 'tongue', 'lowerTeeth', 'upperTeeth', 'eyes', 'face', 'hair'] as const) {
    assert.ok(names.includes(name), `${name} is missing`)
  }
  const face = rig.layers.findIndex(isFace)
  assert.ok(face > names.lastIndexOf('eyeLight') && face > names.indexOf('upperTeeth') && face > names.indexOf('body'))
})

test('triangles, fields and texture positions stay within their layer', () => {
  for (const layer of rig.layers) {
    const vertices = layer.headWeights.length
    assert.equal(layer.positions.length, vertices * 3)
    assert.equal(layer.uvs.length, vertices * 2)
    assert.ok(layer.triangles.every((vertex) => vertex < vertices))
    assert.ok(layer.positions.every(Number.isFinite) && layer.headWeights.every((w) => w >= 0 && w <= 1.0001))
    assert.ok(layer.texture.width % 2 === 0 && layer.texture.height % 2 === 0)
    for (let i = 0; i < layer.uvs.length; i += 2) {
      assert.ok(layer.uvs[i]! >= -0.5 && layer.uvs[i]! <= layer.texture.width + 0.5, layer.name)
      assert.ok(layer.uvs[i + 1]! >= -0.5 && layer.uvs[i + 1]! <= layer.texture.height + 0.5, layer.name)
    }
    for (const field of Object.values(layer.fields)) {
      assert.equal(field.offsets.length, field.vertices.length * 3)
      assert.ok(field.vertices.every((vertex, i) => vertex < vertices && (i === 0 || vertex > field.vertices[i - 1]!)))
      assert.ok(field.offsets.every((offset) => Math.abs(offset) < 200))
    }
  }
})

test('closed lips show nothing of the mouth inside', () => {
  const ids = paintIds({}, (layer) => MOUTH.has(layer.name) || isFace(layer))
  assert.ok(count(ids, MOUTH) < 12, `${count(ids, MOUTH)} pixels of it are seen`)
})

test('an open jaw shows teeth and a hollow', () => {
  const ids = paintIds({ jawOpen: 1 }, (layer) => MOUTH.has(layer.name) || isFace(layer))
  assert.ok(count(ids, new Set(['mouthInside', 'tongue'])) > 400)
  assert.ok(count(ids, new Set(['upperTeeth', 'lowerTeeth'])) > 100)
})

test('a blink covers the eyes', () => {
  const draws = (layer: RigLayer) => EYES.has(layer.name) || isFace(layer)
  const open = count(paintIds({}, draws), EYES)
  const shut = count(paintIds({ blinkLeft: 1, blinkRight: 1 }, draws), EYES)
  assert.ok(open > 800, `${open} pixels of open eyes`)
  assert.ok(shut < open * 0.03, `${shut} of ${open} pixels are left`)
})

test('the head stands at the top of rig space and the body reaches its bottom', () => {
  const { headBox, bodySpan, headPivot, mouth } = rig
  assert.ok(headBox.y > 100 && headBox.y < 220 && headBox.height > 500 && headBox.height < 620)
  assert.ok(bodySpan.left < headBox.x && bodySpan.right > headBox.x + headBox.width)
  assert.ok(headPivot.x > headBox.x && headPivot.x < headBox.x + headBox.width)
  assert.ok(mouth.left.x < mouth.right.x && mouth.left.y > headBox.y + headBox.height / 2)
})

test('a rig that is no longer wanted is given up', async () => {
  const recipe = (await loadRecipes())[0]!
  await assert.rejects(
    prepareRig(recipe, { signal: AbortSignal.abort(new Error('no longer wanted')) }),
    /no longer wanted/,
  )
})
