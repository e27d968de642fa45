// The network as training sees it: a batch goes forward, what is wrong comes back to every weight.
import { BANDS } from '../src/engines/voices/hearing/mel.ts'
import {
  arraysOf,
  DILATIONS,
  DIRECT_TAPS,
  FIRST_TAPS,
  OUTPUTS,
  SIZES,
  STEP,
  TAPS,
  type Weights,
  WIDTH,
  weightsOf,
} from '../src/engines/voices/hearing/network.ts'
import type { Matmul } from './matmul.ts'

/** Rows of nothing between the clips of a batch: as far as a tap reaches. */
export const GAP = 8

/** A network that learns from batches of clips of one length. */
export type Learner = {
  readonly weights: Weights
  /** What the last {@link step} found: how the loss changes with each weight, in the order of arraysOf. */
  readonly gradients: readonly Float32Array[]
  /** Where the bands of clip i come to lie, clipRows * STEP rows. */
  input(clip: number): Float32Array
  /**
   * Goes forward and back over what lies in {@link input}.
   * @param labels clip by clip, clipRows each: the class that is right, or -1 where none is asked for.
   * @param classWeights how much each class counts. @param smoothing share of each label that is spread over all classes.
   * @returns the mean loss, and the share of labels for which the likeliest class is right.
   */
  step(labels: Int8Array, classWeights: Float32Array, smoothing: number): { loss: number; right: number }
}

/** @param clipCount clips of a batch. @param clipRows output rows of each; with GAP, a multiple of 4. */
export function openLearner(
  { room, multiplyAdd }: Matmul,
  clipCount: number,
  clipRows: number,
  random: () => number,
): Learner {
  const stride = clipRows + GAP
  const rows = clipCount * stride
  const arrays = SIZES.map((size) => room(size))
  const gradients = SIZES.map((size) => room(size))
  const weights = weightsOf(arrays)
  const slopes = weightsOf(gradients)
  initialise(weights, random)

  /** Room for all rows, with rows of nothing before and after them. */
  const flowRoom = () => room((rows + 2 * GAP) * WIDTH)
  const shifted = (flow: Float32Array, by: number) => flow.subarray((GAP + by) * WIDTH, (GAP + by + rows) * WIDTH)
  const input = room((rows * STEP + 2 * DIRECT_TAPS) * BANDS)
  const inputStart = ((DIRECT_TAPS - 1) / 2) * BANDS
  const middle = input.subarray(((DIRECT_TAPS - FIRST_TAPS) / 2) * BANDS)
  const flows = [flowRoom(), ...DILATIONS.map(flowRoom)]
  const inners = DILATIONS.map(flowRoom)
  const rectified = flowRoom()
  const scores = room(rows * OUTPUTS)
  const scoreSlopes = room(rows * OUTPUTS)
  let flowSlopes = flowRoom()
  let nextSlopes = flowRoom()
  const innerSlopes = flowRoom()
  const turned = room(Math.max(WIDTH * WIDTH, WIDTH * OUTPUTS))

  const clearGaps = (values: Float32Array) => {
    for (let clip = 0; clip < clipCount; clip++) {
      values.fill(0, (clip * stride + clipRows) * WIDTH, (clip + 1) * stride * WIDTH)
    }
  }
  const product = (a: Float32Array, b: Float32Array, c: Float32Array, depth = WIDTH, width = WIDTH) =>
    multiplyAdd(a, depth, 1, b, c, [rows, depth, width])
  /** c += transposed a times b: what a matrix' weights have to do with what came out. */
  const slopeOf = (a: Float32Array, aWidth: number, b: Float32Array, bWidth: number, c: Float32Array) =>
    multiplyAdd(a, 1, aWidth, b, c, [aWidth, rows, bWidth])
  const turn = (matrix: Float32Array, height: number, width: number) => {
    for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) turned[j * height + i] = matrix[i * width + j]!
    return turned.subarray(0, height * width)
  }
  const tapOf = (matrix: Float32Array, tap: number) => matrix.subarray(tap * WIDTH * WIDTH, (tap + 1) * WIDTH * WIDTH)

  function forward(): void {
    const first = shifted(flows[0]!, 0)
    repeat(weights.first.bias, first)
    multiplyAdd(middle, STEP * BANDS, 1, weights.first.weights, first, [rows, FIRST_TAPS * BANDS, WIDTH])
    rectify(first, first)
    clearGaps(first)
    for (const [block, dilation] of DILATIONS.entries()) {
      const own = weights.blocks[block]!
      const inner = shifted(inners[block]!, 0)
      repeat(own.bias, inner)
      for (let tap = 0; tap < TAPS; tap++) {
        product(shifted(flows[block]!, (tap - 1) * dilation), tapOf(own.weights, tap), inner)
      }
      rectify(inner, inner)
      clearGaps(inner)
      const mixed = shifted(flows[block + 1]!, 0)
      repeat(own.mixingBias, mixed)
      product(inner, own.mixing, mixed)
      const before = shifted(flows[block]!, 0)
      for (let i = 0; i < mixed.length; i++) mixed[i]! += before[i]!
      clearGaps(mixed)
    }
    const flow = shifted(rectified, 0)
    rectify(shifted(flows.at(-1)!, 0), flow)
    repeat(weights.last.bias, scores)
    product(flow, weights.last.weights, scores, WIDTH, OUTPUTS)
    multiplyAdd(input, STEP * BANDS, 1, weights.direct, scores, [rows, DIRECT_TAPS * BANDS, OUTPUTS])
  }

  function backward(): void {
    for (const gradient of gradients) gradient.fill(0)
    sumRows(scoreSlopes, slopes.last.bias)
    multiplyAdd(input, 1, STEP * BANDS, scoreSlopes, slopes.direct, [DIRECT_TAPS * BANDS, rows, OUTPUTS])
    slopeOf(shifted(rectified, 0), WIDTH, scoreSlopes, OUTPUTS, slopes.last.weights)
    const last = shifted(flowSlopes, 0).fill(0)
    product(scoreSlopes, turn(weights.last.weights, WIDTH, OUTPUTS), last, OUTPUTS)
    stopWhereShut(last, shifted(rectified, 0))
    for (let block = DILATIONS.length - 1; block >= 0; block--) {
      const [own, slope, dilation] = [weights.blocks[block]!, slopes.blocks[block]!, DILATIONS[block]!]
      const [out, inner] = [shifted(flowSlopes, 0), shifted(innerSlopes, 0).fill(0)]
      sumRows(out, slope.mixingBias)
      slopeOf(shifted(inners[block]!, 0), WIDTH, out, WIDTH, slope.mixing)
      product(out, turn(own.mixing, WIDTH, WIDTH), inner)
      stopWhereShut(inner, shifted(inners[block]!, 0))
      sumRows(inner, slope.bias)
      const before = shifted(nextSlopes, 0)
      before.set(out)
      for (let tap = 0; tap < TAPS; tap++) {
        const shift = (tap - 1) * dilation
        slopeOf(shifted(flows[block]!, shift), WIDTH, inner, WIDTH, tapOf(slope.weights, tap))
        product(shifted(innerSlopes, -shift), turn(tapOf(own.weights, tap), WIDTH, WIDTH), before)
      }
      clearGaps(before)
      const spent = flowSlopes
      flowSlopes = nextSlopes
      nextSlopes = spent
    }
    const first = shifted(flowSlopes, 0)
    stopWhereShut(first, shifted(flows[0]!, 0))
    sumRows(first, slopes.first.bias)
    const depth = FIRST_TAPS * BANDS
    multiplyAdd(middle, 1, STEP * BANDS, first, slopes.first.weights, [depth, rows, WIDTH])
  }

  /** Softmax and cross entropy, and their slope. */
  function compare(labels: Int8Array, classWeights: Float32Array, smoothing: number): { loss: number; right: number } {
    const classCount = classWeights.length
    scoreSlopes.fill(0)
    let [loss, right, count, total] = [0, 0, 0, 0]
    for (const label of labels) if (label >= 0) total += classWeights[label]!
    const likely = new Float64Array(classCount)
    for (let clip = 0; clip < clipCount; clip++) {
      for (let row = 0; row < clipRows; row++) {
        const label = labels[clip * clipRows + row]!
        if (label < 0) continue
        const at = (clip * stride + row) * OUTPUTS
        let best = 0
        for (let k = 1; k < classCount; k++) if (scores[at + k]! > scores[at + best]!) best = k
        let sum = 0
        for (let k = 0; k < classCount; k++) {
          likely[k] = Math.exp(scores[at + k]! - scores[at + best]!)
          sum += likely[k]!
        }
        const share = classWeights[label]! / total
        for (let k = 0; k < classCount; k++) {
          const wanted = (k === label ? 1 - smoothing : 0) + smoothing / classCount
          const found = likely[k]! / sum
          loss -= share * wanted * Math.log(found + 1e-12)
          scoreSlopes[at + k] = share * (found - wanted)
        }
        count++
        if (best === label) right++
      }
    }
    return { loss, right: right / Math.max(1, count) }
  }

  return {
    weights,
    gradients,
    input: (clip) => {
      const from = inputStart + clip * stride * STEP * BANDS
      return input.subarray(from, from + clipRows * STEP * BANDS)
    },
    step(labels, classWeights, smoothing) {
      forward()
      const outcome = compare(labels, classWeights, smoothing)
      backward()
      return outcome
    },
  }
}

/** Normal values that keep the spread of what flows through (He et al. 2015); blocks begin as small changes. */
function initialise(weights: Weights, random: () => number): void {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const fill = (matrix: Float32Array, inputs: number, share = 1) => {
    for (let i = 0; i < matrix.length; i++) matrix[i] = normal() * Math.sqrt(2 / inputs) * share
  }
  for (const array of arraysOf(weights)) array.fill(0)
  fill(weights.first.weights, FIRST_TAPS * BANDS)
  for (const { weights: matrix, mixing } of weights.blocks) {
    fill(matrix, TAPS * WIDTH)
    fill(mixing, WIDTH, 0.35)
  }
  fill(weights.last.weights, WIDTH, 0.1)
}

function repeat(row: Float32Array, out: Float32Array): void {
  for (let at = 0; at < out.length; at += row.length) out.set(row, at)
}

function rectify(values: Float32Array, out: Float32Array): void {
  for (let i = 0; i < values.length; i++) out[i] = values[i]! > 0 ? values[i]! : 0
}

function stopWhereShut(slopes: Float32Array, values: Float32Array): void {
  for (let i = 0; i < slopes.length; i++) if (values[i]! <= 0) slopes[i] = 0
}

function sumRows(rows: Float32Array, out: Float32Array): void {
  const width = out.length
  for (let at = 0; at < rows.length; at += width) for (let k = 0; k < width; k++) out[k]! += rows[at + k]!
}
