// What training learns by: gradients against differences, and the network that learns against the one that hears.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chance } from '../src/domain/random.ts'
import { BANDS } from '../src/engines/voices/hearing/mel.ts'
import { arraysOf, openHearing, STEP } from '../src/engines/voices/hearing/network.ts'
import { CLASS_PHONES } from '../src/engines/voices/hearing/sound-classes.ts'
import type { Matmul } from './matmul.ts'
import { openLearner } from './network.ts'

const CLIPS = 2
const ROWS = 12

/** The same products, slowly. */
function plainMatmul(): Matmul {
  return {
    room: (count) => new Float32Array(count),
    multiplyAdd(a, rowStep, columnStep, b, c, [m, k, n]) {
      // A view may end before its rows do.
      const from = new Float32Array(a.buffer, a.byteOffset)
      for (let i = 0; i < m; i++) {
        for (let p = 0; p < k; p++) {
          const x = from[i * rowStep + p * columnStep]!
          for (let j = 0; j < n; j++) c[i * n + j]! += x * b[p * n + j]!
        }
      }
    },
  }
}

function randomNumbers(seed: number): () => number {
  let count = 0
  return () => chance(seed, count++)
}

function batch(matmul: Matmul) {
  const random = randomNumbers(7)
  const learner = openLearner(matmul, CLIPS, ROWS, random)
  for (const array of arraysOf(learner.weights)) {
    if (array.every((value) => value === 0)) for (let i = 0; i < array.length; i++) array[i] = random() * 0.2 - 0.1
  }
  for (let clip = 0; clip < CLIPS; clip++) {
    const input = learner.input(clip)
    for (let i = 0; i < input.length; i++) input[i] = random() * 2 - 1
  }
  const labels = Int8Array.from({ length: CLIPS * ROWS }, () => Math.floor(random() * (CLASS_PHONES.length + 1)) - 1)
  const classWeights = Float32Array.from(CLASS_PHONES, () => 0.5 + random())
  return { learner, step: () => learner.step(labels, classWeights, 0.1) }
}

test('every gradient is how the loss changes with its weight', () => {
  const { learner, step } = batch(plainMatmul())
  step()
  const gradients = learner.gradients.map((gradient) => gradient.slice())
  const random = randomNumbers(3)
  for (const [index, array] of arraysOf(learner.weights).entries()) {
    const gradient = gradients[index]!
    let [product, found, expected] = [0, 0, 0]
    // Along a few weights at once: single ones change the loss by less than floats can show.
    const way = Float32Array.from(array, () => random() * 2 - 1)
    const kept = array.slice()
    const size = 0.004 / Math.sqrt(array.length)
    const lossAt = (distance: number) => {
      for (let i = 0; i < array.length; i++) array[i] = kept[i]! + distance * way[i]!
      return step().loss
    }
    found = (lossAt(size) - lossAt(-size)) / (2 * size)
    array.set(kept)
    for (let i = 0; i < array.length; i++) product += gradient[i]! * way[i]!
    expected = product
    const scale = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0))
    assert.ok(Math.abs(found - expected) < 0.03 * scale + 1e-4, `array ${index}: ${found} instead of ${expected}`)
  }
})

test('the network hears what it has learnt', async () => {
  const { learner, step } = batch(plainMatmul())
  const labels = new Int8Array(CLIPS * ROWS).fill(-1)
  labels[5] = 3
  step()
  const heard = await openHearing(learner.weights).hear(learner.input(0).slice())
  const { loss } = learner.step(labels, new Float32Array(CLASS_PHONES.length).fill(1), 0)
  assert.equal(heard.length, (learner.input(0).length / BANDS / STEP) * CLASS_PHONES.length)
  assert.ok(Math.abs(loss + heard[5 * CLASS_PHONES.length + 3]!) < 1e-4)
})
