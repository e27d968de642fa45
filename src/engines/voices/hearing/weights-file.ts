// The file of the network's weights: whole numbers of 16 bits, with a scale for each array.
import { readFile } from 'node:fs/promises'
import { Fault } from '../../../core/errors.ts'
import { SIZES, type Weights, weightsOf } from './network.ts'

/** Written by training/train.ts. */
export const WEIGHTS_URL = new URL('../../../../training/hearing.bin', import.meta.url)

const LARGEST = 32767

/** Arrays in their order, each as its scale (a 32-bit float) and its numbers, little-endian. */
export function encodeWeights(arrays: readonly Float32Array[]): Uint8Array {
  const bytes = Buffer.alloc(arrays.reduce((sum, { length }) => sum + 4 + 2 * length, 0))
  let at = 0
  for (const array of arrays) {
    const scale = array.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12) / LARGEST
    at = bytes.writeFloatLE(scale, at)
    for (const value of array) at = bytes.writeInt16LE(Math.round(value / scale), at)
  }
  return bytes
}

/** @throws RangeError where the bytes are not the weights of this network. */
export function decodeWeights(bytes: Uint8Array): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const expected = SIZES.reduce((sum, size) => sum + 4 + 2 * size, 0)
  if (view.byteLength !== expected) throw new RangeError('These are not the weights of this network.')
  let at = 0
  return weightsOf(
    SIZES.map((size) => {
      const scale = view.getFloat32(at, true)
      at += 4
      const array = new Float32Array(size)
      for (let i = 0; i < size; i++, at += 2) array[i] = view.getInt16(at, true) * scale
      return array
    }),
  )
}

/** Reads the weights that come with Rostrum. @throws Fault `internal` where they are missing or broken. */
export async function loadWeights(): Promise<Weights> {
  try {
    return decodeWeights(await readFile(WEIGHTS_URL))
  } catch (cause) {
    throw new Fault('internal', 'The model that hears sounds in recordings could not be loaded.', { cause })
  }
}
