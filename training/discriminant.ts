// The direct path of the network in closed form, so that training begins where a linear classifier ends.
import { BANDS } from '../src/engines/voices/hearing/mel.ts'
import { DIRECT_TAPS, OUTPUTS, STEP } from '../src/engines/voices/hearing/network.ts'
import type { Matmul } from './matmul.ts'

const DEPTH = DIRECT_TAPS * BANDS
/** A multiple of 16. */
const WIDE = Math.ceil(DEPTH / 16) * 16
/** Share of the mean variance that is added to every variance. */
const SHRINKAGE = 0.02
/** Neighbouring rows tell much the same: what the classifier says is toned down by this. */
const CONFIDENCE = 0.45

/** Learns from examples, batch by batch. */
export type Discriminant = {
  /** @param bands of one example, a row a frame. @param labels of each output row. */
  add(bands: Float32Array, labels: Int8Array): void
  /** Writes the weights and the bias. @param priors whether frequent classes are likelier: 0 not at all, 1 as they came. */
  solve(direct: Float32Array, bias: Float32Array, priors: number): void
}

/** Linear discriminant analysis: classes of normal shape with one covariance (Fisher 1936, Rao 1948). */
export function openDiscriminant({ room, multiplyAdd }: Matmul, rowsAtOnce: number, classCount: number): Discriminant {
  const gathered = room(rowsAtOnce * WIDE)
  const squares = room(WIDE * WIDE)
  const sums = Array.from({ length: classCount }, () => new Float64Array(DEPTH))
  const counts = new Float64Array(classCount)
  return {
    add(bands, labels) {
      gathered.fill(0)
      for (const [row, label] of labels.entries()) {
        const first = (row * STEP - (DIRECT_TAPS - 1) / 2) * BANDS
        if (label < 0 || first < 0 || first + DEPTH > bands.length) continue
        const own = bands.subarray(first, first + DEPTH)
        gathered.set(own, row * WIDE)
        const sum = sums[label]!
        for (let i = 0; i < DEPTH; i++) sum[i]! += own[i]!
        counts[label]!++
      }
      multiplyAdd(gathered, 1, WIDE, gathered, squares, [WIDE, labels.length, WIDE])
    },
    solve(direct, bias, priors) {
      const total = counts.reduce((a, b) => a + b, 0)
      const means = sums.map((sum, kind) => sum.map((value) => value / Math.max(1, counts[kind]!)))
      const covariance = Array.from({ length: DEPTH }, (_, i) => {
        return Float64Array.from({ length: DEPTH }, (_, j) => {
          let between = 0
          for (let kind = 0; kind < classCount; kind++) between += counts[kind]! * means[kind]![i]! * means[kind]![j]!
          return (squares[i * WIDE + j]! - between) / total
        })
      })
      const mean = covariance.reduce((sum, row, i) => sum + row[i]!, 0) / DEPTH
      for (let i = 0; i < DEPTH; i++) covariance[i]![i]! += SHRINKAGE * mean
      const lower = cholesky(covariance)
      for (let kind = 0; kind < classCount; kind++) {
        const weights = solveWith(lower, means[kind]!)
        let offset = 0
        for (let i = 0; i < DEPTH; i++) {
          direct[i * OUTPUTS + kind] = CONFIDENCE * weights[i]!
          offset += weights[i]! * means[kind]![i]!
        }
        bias[kind] = CONFIDENCE * (-0.5 * offset + priors * Math.log(Math.max(1, counts[kind]!) / total))
      }
    },
  }
}

/** The lower triangle whose square a positive definite matrix is. */
function cholesky(matrix: readonly Float64Array[]): Float64Array[] {
  const lower = matrix.map((row) => new Float64Array(row.length))
  for (let i = 0; i < matrix.length; i++) {
    const own = lower[i]!
    for (let j = 0; j <= i; j++) {
      const other = lower[j]!
      let sum = matrix[i]![j]!
      for (let k = 0; k < j; k++) sum -= own[k]! * other[k]!
      own[j] = i === j ? Math.sqrt(sum) : sum / other[j]!
    }
  }
  return lower
}

function solveWith(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const out = right.slice()
  for (let i = 0; i < out.length; i++) {
    for (let k = 0; k < i; k++) out[i]! -= lower[i]![k]! * out[k]!
    out[i]! /= lower[i]![i]!
  }
  for (let i = out.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < out.length; k++) out[i]! -= lower[k]![i]! * out[k]!
    out[i]! /= lower[i]![i]!
  }
  return out
}
