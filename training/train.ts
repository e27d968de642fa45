// Trains the network that hears, for so many minutes of one core or of the clock. See README.md.
// node training/train.ts [--minutes 25] [--clock 90] [--bank file] [--seconds 9000] [--from weights]
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chance } from '../src/domain/random.ts'
import { melFrames } from '../src/engines/voices/hearing/mel.ts'
import { arraysOf } from '../src/engines/voices/hearing/network.ts'
import { CLASS_PHONES, SHUT_CLASSES } from '../src/engines/voices/hearing/sound-classes.ts'
import { decodeWeights, encodeWeights, WEIGHTS_URL } from '../src/engines/voices/hearing/weights-file.ts'
import { augment } from './augment.ts'
import { openDiscriminant } from './discriminant.ts'
import { openMatmul } from './matmul.ts'
import { openLearner } from './network.ts'
import { speechBank } from './speech-bank.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '25' },
    clock: { type: 'string', default: '90' },
    from: { type: 'string' },
    kernel: { type: 'string', default: join(tmpdir(), 'rostrum-training-kernel.wasm') },
    bank: { type: 'string', default: join(tmpdir(), 'rostrum-speech-bank.bin') },
    seconds: { type: 'string', default: '9000' },
  },
})
const budget = Number(values.minutes) * 60
const clock = Number(values.clock) * 60

/** Clips of a batch, and rows of each: three seconds. */
const CLIPS = 8
const ROWS = 148
/** Stretches of three seconds that the direct path is computed from. */
const LINEAR_EXAMPLES = 250
/** Adam's step rises to this and falls again like a cosine; its other numbers are those of Kingma and Ba 2015. */
const LEARNING_RATE = values.from === undefined ? 3e-3 : 1e-3
const WARM_UP = 0.03
const DECAY = 0.01
const SMOOTHING = 0.05
/** Rare classes count more, by the root of how rare they are; shut lips half as much again. */
const SHUT_WEIGHT = 1.4

const clips = await speechBank(values.bank, Number(values.seconds))
const banded = clips.map((clip) => ({
  clip,
  bands: melFrames(Float32Array.from(clip.samples, (each) => each / 32768)),
}))
let count = 0
const random = () => chance(2, count++)
const matmul = await openMatmul(160, values.kernel)
const learner = openLearner(matmul, CLIPS, ROWS, random)
const classWeights = weightsOfClasses()
const arrays = arraysOf(learner.weights)
if (values.from === undefined) learnLinearly()
else goOnFrom(values.from)
const means = arrays.map((array) => new Float32Array(array.length))
const squares = arrays.map((array) => new Float32Array(array.length))
writeFileSync(WEIGHTS_URL, encodeWeights(arrays))
/** What is kept: the mean of the weights over the last steps, which is better than any of them. */
const kept = arrays.map((array) => new Float32Array(array.length))

const cpuSeconds = () => process.cpuUsage().user / 1e6
const [begun, clockBegun] = [cpuSeconds(), performance.now() / 1000]
const labels = new Int8Array(CLIPS * ROWS)
let [loss, right] = [0, 0]
for (let step = 1, done = 0; done < 1; step++) {
  for (let clip = 0; clip < CLIPS; clip++) {
    const chosen = banded[Math.floor(random() * banded.length)]!
    const own = labels.subarray(clip * ROWS, (clip + 1) * ROWS)
    augment(chosen, { bands: learner.input(clip), labels: own }, random)
  }
  const outcome = learner.step(labels, classWeights, SMOOTHING)
  done = Math.min(1, Math.max((cpuSeconds() - begun) / budget, (performance.now() / 1000 - clockBegun) / clock))
  const rate = LEARNING_RATE * Math.min(1, done / WARM_UP) * (0.5 + 0.5 * Math.cos(Math.PI * done)) + 1e-6
  adam(step, rate)
  loss += (outcome.loss - loss) / Math.min(step, 100)
  right += (outcome.right - right) / Math.min(step, 100)
  if (step % 20 === 0) {
    console.log(
      `${(done * 100).toFixed(1)} %, step ${step}: loss ${loss.toFixed(3)}, right ${(right * 100).toFixed(1)} %`,
    )
  }
  if (step % 100 === 0 || done >= 1) writeFileSync(WEIGHTS_URL, encodeWeights(kept))
}

/** Begins with what was learnt before; it is not to be forgotten by large steps. */
function goOnFrom(path: string): void {
  const learnt = arraysOf(decodeWeights(readFileSync(path)))
  for (const [k, array] of arrays.entries()) array.set(learnt[k]!)
}

/** Begins with what a linear classifier knows. */
function learnLinearly(): void {
  const discriminant = openDiscriminant(matmul, ROWS, CLASS_PHONES.length)
  const own = new Int8Array(ROWS)
  for (let count = 0; count < LINEAR_EXAMPLES; count++) {
    augment(banded[Math.floor(random() * banded.length)]!, { bands: learner.input(0), labels: own }, random)
    discriminant.add(learner.input(0), own)
  }
  discriminant.solve(learner.weights.direct, learner.weights.last.bias, 0.5)
  console.log('The direct path is known.')
}

function adam(step: number, rate: number): void {
  const [first, second] = [1 - 0.9 ** step, 1 - 0.98 ** step]
  let norm = 0
  for (const gradient of learner.gradients) for (let i = 0; i < gradient.length; i++) norm += gradient[i]! ** 2
  const clipped = Math.min(1, 1 / Math.sqrt(norm))
  const forget = Math.min(0.997, step / (step + 10))
  for (const [k, array] of arrays.entries()) {
    const [gradient, mean, square, keep] = [learner.gradients[k]!, means[k]!, squares[k]!, kept[k]!]
    const isMatrix = array.length > 100
    for (let i = 0; i < array.length; i++) {
      const slope = gradient[i]! * clipped
      mean[i] = 0.9 * mean[i]! + 0.1 * slope
      square[i] = 0.98 * square[i]! + 0.02 * slope * slope
      const move = mean[i]! / first / (Math.sqrt(square[i]! / second) + 1e-8)
      array[i]! -= rate * (move + (isMatrix ? DECAY * array[i]! : 0))
      keep[i] = forget * keep[i]! + (1 - forget) * array[i]!
    }
  }
}

function weightsOfClasses(): Float32Array {
  const seconds = new Float32Array(CLASS_PHONES.length).fill(1)
  for (const { starts, classes } of clips) {
    for (const [i, kind] of classes.entries()) seconds[kind]! += (starts[i + 1] ?? starts[i]!) - starts[i]!
  }
  const mean = seconds.reduce((a, b) => a + b, 0) / seconds.length
  return seconds.map(
    (own, kind) => Math.min(3, Math.sqrt(mean / own)) * (SHUT_CLASSES.includes(kind) ? SHUT_WEIGHT : 1),
  )
}
