// A photo becomes a rig: it looks like the photo, seals its lips, shuts its eyes, and shows nothing that it should not.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Field, LayerName, Rig, RigLayer } from '../src/core/rig.ts'
import { SHAPES, type Shape } from '../src/core/shapes.ts'
import { measureFace } from '../src/engines/faces/photo/face-frame.ts'
import { makePhotoRig } from '../src/engines/faces/photo/make-photo-rig.ts'
import { distanceToOutline } from '../src/engines/faces/photo/outline.ts'
import type { Photo } from '../src/engines/faces/photo/photo.ts'
import { rasterise } from '../src/engines/faces/presenter/raster.ts'
import { poseRig } from '../src/engines/painter/pose-rig.ts'
import { makePortrait, paintRig, type Weights } from './portrait.ts'

type Case = { readonly name: string; readonly photo: Photo; readonly rig: Rig }
const cases: Case[] = []

/** A face at rest, and one that smiles with its teeth. */
before(async () => {
  for (const [name, id, face] of [
    ['closed lips', 'victor', {}],
    ['an open smile', 'nora', { smile: 0.9, upperLipUp: 0.9, lowerLipDown: 0.7, jawOpen: 0.12 }],
  ] as const) {
    const photo = await makePortrait(id, face)
    cases.push({ name, photo, rig: makePhotoRig(photo) })
  }
})

const MOUTH: ReadonlySet<LayerName> = new Set(['mouthInside', 'tongue', 'lowerTeeth', 'upperTeeth'])
const EYES: ReadonlySet<LayerName> = new Set(['eyes', 'eyeLight'])

const SEALED: readonly Weights[] = [
  {},
  { jawOpen: 0.4, mouthClose: 0.4, lipsPress: 0.4 },
  { jawOpen: 0.15, mouthClose: 0.15, lipsPress: 0.4, lipsRound: 0.6 },
  { jawOpen: 0.15, mouthClose: 0.15, lipsPress: 0.4, lipsWide: 1 },
  { lipsPress: 1 },
  { lipsRound: 1 },
  { lipsWide: 1 },
  { smile: 1 },
  { frown: 1 },
]

/** A face's points, turned to a side about its middle. */
function turnedBy(points: Float32Array, degrees: number): Float32Array {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const count = points.length / 3
  const middle = [0, 1, 2].map((c) => points.reduce((sum, value, i) => (i % 3 === c ? sum + value / count : sum), 0))
  return points.map((_, i) => {
    const at = i - (i % 3)
    const [x, z] = [points[at]! - middle[0]!, points[at + 2]! - middle[2]!]
    return [middle[0]! + x * cos + z * sin, points[at + 1]!, middle[2]! + z * cos - x * sin][i % 3]!
  })
}

/** The convex outline of points (3 values each) in the picture's plane: x and y a point. Source: Andrew's monotone chain (1979). */
function hullOf(points: Float32Array): Float32Array {
  const sorted = Array.from({ length: points.length / 3 }, (_, i) => [points[i * 3]!, points[i * 3 + 1]!] as const)
  sorted.sort(([ax, ay], [bx, by]) => ax - bx || ay - by)
  const half = (places: typeof sorted) => {
    const kept: (readonly [number, number])[] = []
    for (const [x, y] of places) {
      for (;;) {
        const [a, b] = [kept.at(-2), kept.at(-1)]
        if (!a || !b || (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]) > 0) break
        kept.pop()
      }
      kept.push([x, y])
    }
    return kept.slice(0, -1)
  }
  return Float32Array.from([...half(sorted), ...half(sorted.toReversed())].flat())
}

/** So many of them are painted too. */
const PAINTED = 4

/** Rest positions moved by shapes. */
function posed(layer: RigLayer, weights: Weights): Float32Array {
  const positions = layer.positions.slice()
  for (const [shape, weight] of Object.entries(weights)) {
    const field: Field | undefined = layer.fields[shape as Shape]
    field?.vertices.forEach((vertex, i) => {
      for (let c = 0; c < 3; c++) positions[vertex * 3 + c]! += weight * field.offsets[i * 3 + c]!
    })
  }
  return positions
}

/** Rig pixels in which a layer of some names lies on top of all others. */
function seenPixels(rig: Rig, weights: Weights, names: ReadonlySet<LayerName>): { x: number; y: number }[] {
  const width = Math.round(rig.width)
  const on = new Uint8Array(width * Math.round(rig.height))
  for (const layer of rig.layers) {
    if (layer.name === 'lashes' || layer.name === 'body') continue
    const value = names.has(layer.name) ? 1 : 0
    rasterise(width, Math.round(rig.height), posed(layer, weights), 3, layer.triangles, (start, count) => {
      on.fill(value, start, start + count)
    })
  }
  const found: { x: number; y: number }[] = []
  on.forEach((value, pixel) => {
    if (value) found.push({ x: pixel % width, y: Math.floor(pixel / width) })
  })
  return found
}

/** The part of a rig's picture that shows a photo whole, in the photo's own size. */
const asPhoto = ({ rig, photo }: Case) => ({ scale: photo.width / rig.width, x: 0, y: 0 })
const sizeOf = ({ photo }: Case) => ({ width: photo.width, height: photo.height, fps: 25 })

describe('a photo rig', () => {
  it('has every layer that speaking needs, and a field for every shape', () => {
    for (const { rig, name } of cases) {
      const names = rig.layers.map((layer) => layer.name)
      for (const wanted of ['mouthInside', 'tongue', 'lowerTeeth', 'upperTeeth', 'eyes', 'face', 'lashes'] as const) {
        assert.ok(names.includes(wanted), `${name}: no ${wanted}`)
      }
      // Photos show no hands.
      const elsewhere: readonly Shape[] = ['tongueUp', 'tongueOut', 'gazeX', 'handLeft', 'handRight']
      const face = rig.layers.find((layer) => layer.name === 'face')!
      for (const shape of SHAPES) assert.equal(shape in face.fields, !elsewhere.includes(shape), shape)
      assert.ok(rig.layers.some((layer) => layer.name === 'tongue' && layer.fields.tongueUp && layer.fields.tongueOut))
      assert.ok(rig.layers.some((layer) => layer.name === 'eyes' && layer.fields.gazeX && layer.fields.gazeY))
      assert.ok(rig.layers.some((layer) => layer.name === 'lowerTeeth' && layer.fields.jawOpen))
      assert.ok(!rig.layers.some((layer) => layer.name === 'upperTeeth' && layer.fields.jawOpen))
    }
  })

  it('keeps triangles, fields and texture positions within their layers', () => {
    for (const { rig } of cases) {
      for (const layer of rig.layers) {
        const vertices = layer.headWeights.length
        assert.ok(layer.triangles.every((vertex) => vertex < vertices))
        assert.ok(layer.positions.every(Number.isFinite) && layer.headWeights.every((w) => w >= 0 && w <= 1))
        for (let i = 0; i < layer.uvs.length; i += 2) {
          assert.ok(layer.uvs[i]! >= -0.5 && layer.uvs[i]! <= layer.texture.width + 0.5, layer.name)
          assert.ok(layer.uvs[i + 1]! >= -0.5 && layer.uvs[i + 1]! <= layer.texture.height + 0.5, layer.name)
        }
        for (const field of Object.values(layer.fields)) {
          assert.equal(field.offsets.length, field.vertices.length * 3)
          assert.ok(field.offsets.every((offset) => Math.abs(offset) < 90))
        }
      }
    }
  })

  it('looks like the photo at rest', async () => {
    const one = cases[0]!
    const painted = await paintRig(one.rig, {}, asPhoto(one), '#7e8a94', sizeOf(one))
    const { photo } = one
    let sum = 0
    for (let i = 0; i < photo.rgb.length; i++) {
      const alpha = photo.matte[Math.floor(i / 3)]! / 255
      const wanted = photo.rgb[i]! * alpha + photo.backdropRgb[i]! * (1 - alpha)
      sum += (painted[i]! - wanted) ** 2
    }
    const decibels = 10 * Math.log10(255 ** 2 / (sum / photo.rgb.length))
    assert.ok(decibels > 34, `PSNR ${decibels.toFixed(1)} dB`)
  })

  it('shows nothing of the mouth inside while its lips are closed', async () => {
    for (const one of cases) {
      const { rig, name } = one
      const without: Rig = { ...rig, layers: rig.layers.filter((layer) => !MOUTH.has(layer.name)) }
      for (const [index, weights] of SEALED.entries()) {
        const label = `${name}, ${JSON.stringify(weights)}`
        const seen = seenPixels(rig, weights, MOUTH).length
        assert.ok(seen <= 4, `${label}: ${seen} pixels`)
        if (index >= PAINTED) continue
        const [whole, skin] = await Promise.all(
          [rig, without].map((some) => paintRig(some, weights, asPhoto(one), '#7e8a94', sizeOf(one))),
        )
        let differing = 0
        for (let i = 0; i < whole!.length; i += 3) if (Math.abs(whole![i + 1]! - skin![i + 1]!) > 24) differing++
        assert.ok(differing <= 6, `${label}: ${differing} painted pixels`)
      }
    }
  })

  it('shows teeth and a hollow when the jaw opens', () => {
    for (const { rig, name } of cases) {
      const open = { jawOpen: 1 }
      const hollow = seenPixels(rig, open, new Set<LayerName>(['mouthInside', 'tongue'])).length
      assert.ok(hollow > 800, `${name}: ${hollow}`)
      const teeth = rig.layers.filter((layer) => layer.name !== 'mouthInside' || layer.fields.lipsRound === undefined)
      const seen = seenPixels({ ...rig, layers: teeth }, open, new Set<LayerName>(['upperTeeth', 'lowerTeeth'])).length
      assert.ok(seen > 300, `${name}: ${seen}`)
    }
  })

  it('keeps the mouth inside between the lips, whatever shapes come together', () => {
    const mouths = SHAPES.slice(0, SHAPES.indexOf('tongueUp'))
    const pairs = mouths.flatMap((a, i) => mouths.slice(i).map((b): Weights => ({ [a]: 1, [b]: 1 })))
    for (const { rig, name } of cases) {
      const { left, right } = rig.mouth
      const width = right.x - left.x
      const top = Math.min(left.y, right.y) - 0.2 * width
      const bottom = Math.max(left.y, right.y) + 0.95 * width
      const wrong = pairs.flatMap((weights) => {
        const outside = seenPixels(rig, weights, MOUTH).filter(
          ({ x, y }) => x < left.x - 0.2 * width || x > right.x + 0.2 * width || y < top || y > bottom,
        )
        return outside.length ? [`${JSON.stringify(weights)}: ${outside.length}`] : []
      })
      assert.deepEqual(wrong, [], name)
    }
  })

  it('never lets the background through mouth or eyes, however the head turns', () => {
    const mouths = SHAPES.slice(0, SHAPES.indexOf('tongueUp'))
    const faces: Weights[] = mouths.flatMap((a, i) => mouths.slice(i).map((b) => ({ [a]: 1, [b]: 1 })))
    faces.push({ gazeY: -1, eyesWide: 1 }, { gazeX: 1, eyesWide: 1 })
    const turns = [
      [0, 0],
      [0.14, 0.14],
      [-0.14, -0.14],
      [0, -0.17],
    ] as const
    for (const { rig, name } of cases) {
      const { left, right } = rig.mouth
      const half = (right.x - left.x) / 2
      const boxes = [
        { x: left.x - 0.3 * half, y: left.y - half, width: 2.6 * half, height: 3 * half },
        { x: rig.eyes.x - 1.8 * half, y: rig.eyes.y - 0.5 * half, width: 3.6 * half, height: half },
      ]
      const opaque = rig.layers.map((layer) => !layer.texture.a || layer.name === 'body')
      const holes = faces.flatMap((weights, index) =>
        turns.flatMap((turn) => {
          const shapes = Float32Array.from(SHAPES, (shape) => weights[shape] ?? 0)
          const head = Float32Array.of(...turn, 0, 0, 0, 0)
          const box = boxes[index < faces.length - 2 ? 0 : 1]!
          const [width, height] = [Math.round(box.width), Math.round(box.height)]
          const covered = new Uint8Array(width * height)
          poseRig(rig, shapes, head, { scale: 1, x: -box.x, y: -box.y }).forEach((points, i) => {
            if (!opaque[i]) return
            rasterise(width, height, points, 2, rig.layers[i]!.triangles, (start, count) => {
              covered.fill(1, start, start + count)
            })
          })
          const open = covered.filter((value) => value === 0).length
          return open ? [`${JSON.stringify(weights)} turned ${turn}: ${open}`] : []
        }),
      )
      assert.deepEqual(holes, [], name)
    }
  })

  it('covers the eyes in a blink', () => {
    for (const { rig, name } of cases) {
      const open = seenPixels(rig, {}, EYES).length
      const shut = seenPixels(rig, { blinkLeft: 1, blinkRight: 1 }, EYES).length
      assert.ok(open > 500, `${name}: ${open} pixels of open eyes`)
      assert.ok(shut <= 4, `${name}: ${shut} of ${open} pixels are left`)
    }
  })

  it('narrows the mouth for oo and widens it for ee', () => {
    for (const { rig, name } of cases) {
      const face = rig.layers.find((layer) => layer.name === 'face')!
      const nearest = (to: { x: number; y: number }) => {
        const far = (v: number) => Math.hypot(face.positions[v * 3]! - to.x, face.positions[v * 3 + 1]! - to.y)
        return face.headWeights.reduce((best, _, v) => (far(v) < far(best) ? v : best), 0)
      }
      const [left, right] = [nearest(rig.mouth.left), nearest(rig.mouth.right)]
      const width = (weights: Weights) => {
        const at = posed(face, weights)
        return Math.hypot(at[right * 3]! - at[left * 3]!, at[right * 3 + 1]! - at[left * 3 + 1]!)
      }
      assert.ok(width({ lipsRound: 1 }) < 0.75 * width({}), name)
      assert.ok(width({ lipsWide: 1 }) > 1.08 * width({}), name)
    }
  })

  it('keeps the brows nearly still behind glasses', () => {
    const { photo, rig } = cases[0]!
    const rgb = photo.rgb.slice()
    const at = (index: number, k: number) => photo.landmarks[index * 3 + k]!
    const span = at(263, 0) - at(33, 0)
    for (const [outer, inner] of [
      [33, 133],
      [362, 263],
    ] as const) {
      // A dark line below each eye, a quarter of the distance of the eyes' outer corners away.
      const row = Math.round(at(outer, 1) + 0.25 * span)
      for (let y = row; y < row + 4; y++) {
        for (let x = Math.floor(at(outer, 0)); x < at(inner, 0); x++)
          rgb.fill(20, (y * photo.width + x) * 3, (y * photo.width + x) * 3 + 3)
      }
    }
    const rise = (made: Rig) => {
      const { offsets } = made.layers.find((layer) => layer.name === 'face')!.fields.browsUp!
      return -Math.min(...offsets.filter((_, i) => i % 3 === 1))
    }
    const behind = makePhotoRig({ ...photo, rgb })
    assert.ok(rise(rig) > 6, `free brows rise by ${rise(rig)}`)
    assert.ok(rise(behind) < 0.3 * rise(rig), `behind glasses by ${rise(behind)}`)
  })

  it('keeps the mouth inside within the face of a head turned by 30 degrees', () => {
    for (const { photo, name } of cases) {
      for (const degrees of [-30, 30]) {
        const turned = { ...photo, landmarks: turnedBy(photo.landmarks, degrees) }
        const outline = hullOf(measureFace(turned).points)
        for (const layer of makePhotoRig(turned).layers.filter(({ name }) => MOUTH.has(name))) {
          for (const weights of [{}, { lipsRound: 1 }, { smile: 1 }]) {
            const positions = posed(layer, weights)
            for (let i = 0; i < positions.length; i += 3) {
              const outside = distanceToOutline(outline, positions[i]!, positions[i + 1]!)
              const told = `${name}, ${degrees} degrees, ${JSON.stringify(weights)}, ${layer.name}`
              assert.ok(outside < 0, `${told}: ${outside.toFixed(1)} pixels outside`)
            }
          }
        }
      }
    }
  })

  it('moves nothing but the face with shapes of the face', () => {
    for (const { rig, name } of cases) {
      const lowest = rig.headBox.y + 1.2 * rig.headBox.height
      for (const layer of rig.layers) {
        for (const [shape, { vertices }] of Object.entries(layer.fields)) {
          if (shape === 'breath') continue
          const below = vertices.filter((vertex) => layer.positions[vertex * 3 + 1]! > lowest)
          assert.equal(below.length, 0, `${name}: ${shape} of ${layer.name}`)
        }
      }
    }
  })

  it('leaves the edge where the picture cuts the body where it is', () => {
    for (const { rig, name } of cases) {
      for (const layer of rig.layers.filter(({ name }) => name === 'face' || name === 'body')) {
        const breath = posed(layer, { breath: 1 })
        layer.headWeights.forEach((weight, vertex) => {
          if (layer.positions[vertex * 3 + 1]! < rig.height - 1) return
          assert.ok(weight < 0.01 && Math.abs(breath[vertex * 3 + 1]! - layer.positions[vertex * 3 + 1]!) < 0.3, name)
        })
      }
    }
  })
})
