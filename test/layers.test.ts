// Nothing of the inside shows outside: teeth, tongue and eyes stay between the lips and lids in every shape.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import type { LayerName, Rig, RigLayer, TexturePlanes } from '../src/core/rig.ts'
import { SHAPE_COUNT, SHAPE_INDEX, SHAPES, type Shape } from '../src/core/shapes.ts'
import { loadRecipes } from '../src/engines/faces/recipes.ts'
import { decodeRig } from '../src/engines/faces/rig-file.ts'
import { openPainter, type Painter } from '../src/engines/painter/painter.ts'
import { poseRig } from '../src/engines/painter/pose-rig.ts'
import { makeRig } from '../src/services/task-rig.ts'

const AVATARS = ['nora', 'victor', 'amara', 'ken']

/** What a layer is painted as here: luma codes far enough apart that soft edges are told from whole pixels. */
const MARKS: Partial<Record<LayerName, number>> = {
  face: 20,
  mouthInside: 230,
  tongue: 230,
  lowerTeeth: 230,
  upperTeeth: 230,
  eyes: 125,
}
const isMouth = (luma: number): boolean => luma > 185
const isEye = (luma: number): boolean => luma > 95 && luma < 155

const SCALE = 0.6
const CANVAS = { width: 480, height: 560, fps: 25 }

const MOUTH_SHAPES: readonly Shape[] = [
  'jawOpen',
  'lipsPress',
  'lipsPart',
  'lipsRound',
  'lipsFunnel',
  'lipsWide',
  'upperLipUp',
  'lowerLipDown',
  'lowerLipTuck',
  'smile',
  'frown',
  'tongueUp',
  'tongueOut',
]

type Pose = Partial<Record<Shape, number>>

/** Every shape at its most, pairs of what a mouth does at once, and the lids with everything that moves near them. */
const POSES: readonly Pose[] = [
  {},
  ...SHAPES.map((shape) => (shape === 'mouthClose' ? { jawOpen: 1, mouthClose: 1 } : { [shape]: 1 })),
  { gazeX: -1 },
  { gazeY: -1 },
  ...MOUTH_SHAPES.flatMap((one, i) => MOUTH_SHAPES.slice(i + 1).map((other) => ({ [one]: 1, [other]: 1 }))),
  ...(['browsUp', 'browsDown', 'squint', 'gazeX', 'gazeY', 'smile'] as const).map((shape) => ({
    blinkLeft: 1,
    blinkRight: 1,
    [shape]: 1,
  })),
]

/** Poses in which the lips are together. */
const CLOSED: readonly Pose[] = [
  {},
  { lipsPress: 1 },
  { jawOpen: 1, mouthClose: 1, lipsPress: 0.5 },
  { jawOpen: 0.5, mouthClose: 0.5, lipsPress: 0.5 },
  { lipsPress: 1, lipsRound: 1 },
  { lipsPress: 1, lipsWide: 1 },
  { frown: 1 },
]

type Person = {
  id: string
  rig: Rig
  placement: { scale: number; x: number; y: number }
  painter: Painter
}
const people: Person[] = []

/** One luma all over, opaque. */
const flat = ({ width, height }: TexturePlanes, luma: number): TexturePlanes => ({
  width,
  height,
  y: new Uint8Array(width * height).fill(luma),
  u: new Uint8Array((width * height) / 4).fill(128),
  v: new Uint8Array((width * height) / 4).fill(128),
  a: null,
  ac: null,
})

before(async () => {
  const folder = join(tmpdir(), 'rostrum-test-rigs')
  mkdirSync(folder, { recursive: true })
  for (const recipe of (await loadRecipes()).filter(({ id }) => AVATARS.includes(id))) {
    const { id } = recipe
    const { path } = await makeRig({ recipe, folder }, { signal: new AbortController().signal, report() {} })
    const whole = decodeRig(new Uint8Array(readFileSync(path)))
    const layers = whole.layers.flatMap((layer): RigLayer[] => {
      const mark = MARKS[layer.name]
      return mark === undefined ? [] : [{ ...layer, texture: flat(layer.texture, mark) }]
    })
    const rig = { ...whole, layers }
    const { x, y } = whole.mouth.left
    const placement = {
      scale: SCALE,
      x: CANVAS.width / 2 - ((x + whole.mouth.right.x) / 2) * SCALE,
      y: CANVAS.height * 0.62 - y * SCALE,
    }
    const behind = flat({ ...CANVAS } as unknown as TexturePlanes, 20)
    const painter = await openPainter({ canvas: CANVAS, rigs: new Map([[id, rig]]), background: () => behind })
    people.push({ id, rig, placement, painter })
  }
})

const weightsOf = (pose: Pose): Float32Array => {
  const shapes = new Float32Array(SHAPE_COUNT)
  for (const [shape, weight] of Object.entries(pose)) shapes[SHAPE_INDEX[shape as Shape]] = weight
  return shapes
}

/** The luma that a pose paints. */
const paint = ({ id, placement, painter }: Person, pose: Pose, yaw = 0): Uint8Array => {
  const head = Float32Array.of(yaw, yaw / 2, 0, 0, 0, 0)
  const character = { avatarId: id, placement, shapes: weightsOf(pose), head }
  return painter.paint({ frame: 0, background: { kind: 'own' }, character }).y
}

type Span = { left: number; top: number; right: number; bottom: number }

/** The box in canvas pixels of those skin vertices, in a pose, that lie in an ellipse of rig space at rest. */
const spanOf = (person: Person, pose: Pose, x: number, y: number, rx: number, ry: number): Span => {
  const points = person.rig.layers.map((layer) => new Float32Array((layer.positions.length / 3) * 2))
  poseRig(person.rig, weightsOf(pose), new Float32Array(6), person.placement, points)
  const span = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  person.rig.layers.forEach(({ name, positions }, index) => {
    if (name !== 'face') return
    for (let v = 0; v * 3 < positions.length; v++) {
      if (Math.hypot((positions[v * 3]! - x) / rx, (positions[v * 3 + 1]! - y) / ry) > 1) continue
      const [px, py] = [points[index]![v * 2]!, points[index]![v * 2 + 1]!]
      span.left = Math.min(span.left, px)
      span.right = Math.max(span.right, px)
      span.top = Math.min(span.top, py)
      span.bottom = Math.max(span.bottom, py)
    }
  })
  return span
}

/** How many pixels of a kind lie where `inside` says no. */
const stray = (
  luma: Uint8Array,
  kind: (luma: number) => boolean,
  inside: (x: number, y: number) => boolean,
): number => {
  let count = 0
  for (let i = 0; i < luma.length; i++) {
    if (kind(luma[i]!) && !inside(i % CANVAS.width, Math.floor(i / CANVAS.width))) count++
  }
  return count
}

const within = (span: Span, x: number, y: number): boolean =>
  x >= span.left - 1 && x <= span.right && y >= span.top - 1 && y <= span.bottom

const told = (person: Person, pose: Pose): string => `${person.id} ${JSON.stringify(pose)}`

describe('the layers of a presenter', () => {
  it('show teeth and tongue nowhere but between the lips', () => {
    for (const person of people) {
      const { left, right } = person.rig.mouth
      const half = (right.x - left.x) / 2
      const open = stray(paint(person, { jawOpen: 1 }), isMouth, () => false)
      assert.ok(open > 400, `${person.id} opens its mouth: ${open} pixels`)
      for (const pose of POSES) {
        const lips = spanOf(person, pose, (left.x + right.x) / 2, (left.y + right.y) / 2, half * 1.12, half * 0.45)
        const luma = paint(person, pose)
        const count = stray(luma, isMouth, (x, y) => within(lips, x, y))
        assert.equal(count, 0, `${told(person, pose)}: ${count} pixels of the mouth's inside lie outside the lips`)
      }
    }
  })

  it('hide teeth and tongue behind closed lips', () => {
    for (const person of people) {
      for (const pose of CLOSED) {
        const count = stray(paint(person, pose), isMouth, () => false)
        assert.equal(count, 0, `${told(person, pose)}: ${count} pixels of the mouth's inside show`)
      }
    }
  })

  it('show the eyes nowhere but between the lids', () => {
    for (const person of people) {
      const { eyes } = person.rig
      const balls = person.rig.layers.filter(({ name }) => name === 'eyes')
      const centres = balls.map(({ positions }) => ({ x: positions[0]!, y: positions[1]! }))
      const radius = Math.abs(centres[0]!.x - eyes.x) * 0.6
      for (const pose of POSES) {
        const lids = centres.map(({ x, y }) => spanOf(person, pose, x, y, radius, radius * 0.7))
        // Pixels half teeth and half skin have an eye's luma: only the eyes' half of the face is looked at.
        const low = person.placement.y + (eyes.y + (person.rig.mouth.left.y - eyes.y) / 2) * SCALE
        const luma = paint(person, pose)
        const count = stray(luma, isEye, (x, y) => y > low || lids.some((span) => within(span, x, y)))
        assert.equal(count, 0, `${told(person, pose)}: ${count} pixels of the eyes lie outside the lids`)
      }
    }
  })

  it('hide the eyes in a blink', () => {
    for (const person of people) {
      const low = person.placement.y + (person.rig.eyes.y + 60) * SCALE
      const open = stray(paint(person, {}), isEye, (_x, y) => y > low)
      assert.ok(open > 150, `${person.id} has its eyes open at rest: ${open} pixels`)
      for (const pose of POSES.filter(({ blinkLeft, blinkRight }) => blinkLeft && blinkRight)) {
        const count = stray(paint(person, pose), isEye, (_x, y) => y > low)
        assert.ok(count <= open * 0.01, `${told(person, pose)}: ${count} of ${open} pixels of the eyes show`)
      }
    }
  })

  it('keep to their places when the head turns', () => {
    for (const person of people) {
      for (const yaw of [-0.2, 0.2]) {
        const count = stray(paint(person, { lipsPress: 0.6 }, yaw), isMouth, () => false)
        assert.equal(count, 0, `${person.id} turned by ${yaw}: ${count} pixels of the mouth's inside show`)
      }
    }
  })
})
