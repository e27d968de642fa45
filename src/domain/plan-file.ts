// A plan as one file: a JSON header and the face tracks' numbers behind it.
import { Fault } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'

const MAGIC = 'RSTPLAN1'

/** A plan as bytes: 8 letters, the header's length (uint32, little endian), the header, then 32-bit floats. */
export function encodePlan(plan: Plan): Uint8Array {
  const arrays: Float32Array[] = []
  const keep = (array: Float32Array): number => {
    arrays.push(array)
    return array.length
  }
  const header = new TextEncoder().encode(
    JSON.stringify({
      ...plan,
      scenes: plan.scenes.map((scene) => ({
        ...scene,
        character: scene.character && {
          ...scene.character,
          track: { shapes: keep(scene.character.track.shapes), head: keep(scene.character.track.head) },
        },
      })),
    }),
  )
  const floatCount = arrays.reduce((sum, array) => sum + array.length, 0)
  const bytes = new Uint8Array(12 + header.length + floatCount * 4)
  bytes.set(new TextEncoder().encode(MAGIC))
  new DataView(bytes.buffer).setUint32(8, header.length, true)
  bytes.set(header, 12)
  let at = 12 + header.length
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += array.byteLength
  }
  return bytes
}

/**
 * The plan in a file's bytes.
 * @throws Fault `internal` where they are no plan of this version, or cut short.
 */
export function decodePlan(bytes: Uint8Array): Plan {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 12 || new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) {
    throw new Fault('internal', 'This is not a plan file of this version.')
  }
  const headerLength = view.getUint32(8, true)
  let at = 12 + headerLength
  const take = (length: number): Float32Array => {
    if (at + length * 4 > bytes.length) throw new Fault('internal', 'The plan file is cut short.')
    // Copied: floats must lie on a multiple of four. (A Node Buffer's own slice would not copy.)
    const array = new Float32Array(Uint8Array.prototype.slice.call(bytes, at, at + length * 4).buffer)
    at += length * 4
    return array
  }
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + headerLength)))
  return {
    ...header,
    scenes: header.scenes.map((scene: { character: { track: { shapes: number; head: number } } | null }) => ({
      ...scene,
      character: scene.character && {
        ...scene.character,
        track: { shapes: take(scene.character.track.shapes), head: take(scene.character.track.head) },
      },
    })),
  }
}
