// The network that hears: bands of sound in, the likelihood of each class of sounds out, fifty times a second.
import { BANDS } from './mel.ts'
import { CLASS_PHONES } from './sound-classes.ts'

/** Values that flow between the blocks. */
export const WIDTH = 80
/** Rows of sound that the first layer sees; it steps by {@link STEP}. */
export const FIRST_TAPS = 5
export const STEP = 2
/** Rows of sound that the direct path from bands to classes sees: 70 ms to either side. */
export const DIRECT_TAPS = 15
/** Rows a second that come out; row i lies round i / 50 s. */
export const HEARD_RATE = 50
/** Taps of every block's convolution, and how far apart they lie in each. Together they see 0.44 s to either side. */
export const TAPS = 3
export const DILATIONS = [1, 2, 4, 8, 4, 2, 1] as const
/** Columns of the last layer: the classes, and some that mean nothing so that training can work on 16 at a time. */
export const OUTPUTS = 32

/** The network's weights, by layer. Matrices hold a row for each input (taps one after another), a column an output. */
export type Weights = {
  /** Straight from bands to classes; the rest of the network adds to what it says. */
  readonly direct: Float32Array
  readonly first: { readonly weights: Float32Array; readonly bias: Float32Array }
  readonly blocks: readonly {
    readonly weights: Float32Array
    readonly bias: Float32Array
    readonly mixing: Float32Array
    readonly mixingBias: Float32Array
  }[]
  readonly last: { readonly weights: Float32Array; readonly bias: Float32Array }
}

/** The length of every array of {@link Weights}, in the order of {@link arraysOf}. */
export const SIZES: readonly number[] = [
  DIRECT_TAPS * BANDS * OUTPUTS,
  FIRST_TAPS * BANDS * WIDTH,
  WIDTH,
  ...DILATIONS.flatMap(() => [TAPS * WIDTH * WIDTH, WIDTH, WIDTH * WIDTH, WIDTH]),
  WIDTH * OUTPUTS,
  OUTPUTS,
]

/** All arrays of some weights, in the order of their file. */
export function arraysOf({ direct, first, blocks, last }: Weights): readonly Float32Array[] {
  const inner = blocks.flatMap(({ weights, bias, mixing, mixingBias }) => [weights, bias, mixing, mixingBias])
  return [direct, first.weights, first.bias, ...inner, last.weights, last.bias]
}

/** Makes weights of arrays in the order of {@link arraysOf}. */
export function weightsOf(arrays: readonly Float32Array[]): Weights {
  if (arrays.length !== SIZES.length || arrays.some((array, i) => array.length !== SIZES[i])) {
    throw new RangeError('These are not the weights of this network.')
  }
  const at = (index: number) => arrays[index]!
  return {
    direct: at(0),
    first: { weights: at(1), bias: at(2) },
    blocks: DILATIONS.map((_, block) => {
      const from = 3 + 4 * block
      return { weights: at(from), bias: at(from + 1), mixing: at(from + 2), mixingBias: at(from + 3) }
    }),
    last: { weights: at(SIZES.length - 2), bias: at(SIZES.length - 1) },
  }
}

/** Rows of sound that are worked on at once, in output rows; as many more are looked at on either side. */
const PIECE = 1000
const AROUND = DILATIONS.reduce<number>((sum, dilation) => sum + dilation, 1)

const NO_BIAS = new Float64Array(OUTPUTS)

/** A network that is ready to hear. */
export type Hearing = {
  /**
   * The logarithm of each class's likelihood, row by row.
   * @param bands rows of BANDS values as melFrames gives them.
   * @returns ceil(rows / 2) rows of CLASS_PHONES.length values.
   */
  hear(bands: Float32Array, signal?: AbortSignal): Promise<Float32Array>
}

/** Prepares a network. */
export function openHearing(weights: Weights): Hearing {
  // Doubles: converting each weight each time it is used would take longer than the sums.
  const wide = arraysOf(weights).map((array) => Float64Array.from(array))
  return {
    async hear(bands, signal) {
      const rows = Math.ceil(bands.length / BANDS / STEP)
      const heard = new Float32Array(rows * CLASS_PHONES.length)
      for (let from = 0; from < rows; from += PIECE) {
        signal?.throwIfAborted()
        const to = Math.min(rows, from + PIECE)
        heardBetween(bands, rows, from, to, wide, heard)
        // Let others have their turn between pieces.
        await new Promise((resolve) => setImmediate(resolve))
      }
      return heard
    },
  }
}

function heardBetween(
  bands: Float32Array,
  rows: number,
  from: number,
  to: number,
  wide: readonly Float64Array[],
  heard: Float32Array,
): void {
  const begin = Math.max(0, from - AROUND)
  const count = Math.min(rows, to + AROUND) - begin
  const input = new Float64Array((count * STEP + DIRECT_TAPS) * BANDS)
  const firstRow = begin * STEP - (DIRECT_TAPS - 1) / 2
  const skipped = Math.max(0, -firstRow) * BANDS
  input.set(bands.subarray(firstRow * BANDS + skipped, (firstRow + count * STEP + DIRECT_TAPS) * BANDS), skipped)
  let flow = new Float64Array(count * WIDTH)
  const middle = input.subarray(((DIRECT_TAPS - FIRST_TAPS) / 2) * BANDS)
  multiply(middle, STEP * BANDS, FIRST_TAPS * BANDS, wide[1]!, wide[2]!, flow, WIDTH)
  rectify(flow)
  for (const [block, dilation] of DILATIONS.entries()) {
    const [weights, bias, mixing, mixingBias] = wide.slice(3 + 4 * block, 7 + 4 * block) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    const gathered = new Float64Array(count * TAPS * WIDTH)
    for (let row = 0; row < count; row++) {
      for (let tap = 0; tap < TAPS; tap++) {
        const source = row + (tap - 1) * dilation
        if (source < 0 || source >= count) continue
        gathered.set(flow.subarray(source * WIDTH, (source + 1) * WIDTH), (row * TAPS + tap) * WIDTH)
      }
    }
    const inner = new Float64Array(count * WIDTH)
    multiply(gathered, TAPS * WIDTH, TAPS * WIDTH, weights, bias, inner, WIDTH)
    rectify(inner)
    const mixed = new Float64Array(count * WIDTH)
    multiply(inner, WIDTH, WIDTH, mixing, mixingBias, mixed, WIDTH)
    for (let i = 0; i < mixed.length; i++) mixed[i]! += flow[i]!
    flow = mixed
  }
  rectify(flow)
  const outputs = new Float64Array(count * OUTPUTS)
  multiply(flow, WIDTH, WIDTH, wide.at(-2)!, wide.at(-1)!, outputs, OUTPUTS)
  const direct = new Float64Array(count * OUTPUTS)
  multiply(input, STEP * BANDS, DIRECT_TAPS * BANDS, wide[0]!, NO_BIAS, direct, OUTPUTS)
  for (let i = 0; i < outputs.length; i++) outputs[i]! += direct[i]!
  for (let row = from; row < to; row++) {
    const scores = outputs.subarray((row - begin) * OUTPUTS, (row - begin) * OUTPUTS + CLASS_PHONES.length)
    heard.set(logLikelihoods(scores), row * CLASS_PHONES.length)
  }
}

/** c = a b + bias; row i of a begins at `i * step` and is `depth` long. */
function multiply(
  a: Float64Array,
  step: number,
  depth: number,
  b: Float64Array,
  bias: Float64Array,
  c: Float64Array,
  width: number,
): void {
  const rows = c.length / width
  // Four columns at a time stay in registers, four rows share each weight.
  for (let row = 0; row < rows; row += 2) {
    const [a0, a1] = [row * step, Math.min(row + 1, rows - 1) * step]
    for (let column = 0; column < width; column += 4) {
      let s00 = bias[column]!
      let s01 = bias[column + 1]!
      let s02 = bias[column + 2]!
      let s03 = bias[column + 3]!
      let [s10, s11, s12, s13] = [s00, s01, s02, s03]
      for (let p = 0, at = column; p < depth; p++, at += width) {
        const x0 = a[a0 + p]!
        const x1 = a[a1 + p]!
        const b0 = b[at]!
        const b1 = b[at + 1]!
        const b2 = b[at + 2]!
        const b3 = b[at + 3]!
        s00 += x0 * b0
        s01 += x0 * b1
        s02 += x0 * b2
        s03 += x0 * b3
        s10 += x1 * b0
        s11 += x1 * b1
        s12 += x1 * b2
        s13 += x1 * b3
      }
      const at = row * width + column
      c[at] = s00
      c[at + 1] = s01
      c[at + 2] = s02
      c[at + 3] = s03
      if (row + 1 >= rows) continue
      c[at + width] = s10
      c[at + width + 1] = s11
      c[at + width + 2] = s12
      c[at + width + 3] = s13
    }
  }
}

function rectify(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0
}

function logLikelihoods(scores: Float64Array): Float64Array {
  let most = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > most) most = score
  let sum = 0
  for (const score of scores) sum += Math.exp(score - most)
  const total = most + Math.log(sum)
  return scores.map((score) => score - total)
}
