// Combs hair that hangs before the eyes to the sides, as a bob worn behind the temple.
import type { Human } from '../human.ts'
import { smoothstep } from '../vectors.ts'

type Face = Pick<Human, 'eyeLeft' | 'eyeRight' | 'headPivot' | 'crown' | 'chin'>

/**
 * Hair positions with all that hangs before the face moved to its sides; what lies above the forehead stays.
 * @param positions 3 a vertex, decimetres, upright.
 */
export function sweptHair(positions: Float32Array, face: Face): Float32Array {
  const middle = (face.eyeLeft[0] + face.eyeRight[0]) / 2
  const unit = Math.abs(face.eyeRight[0] - face.eyeLeft[0])
  const eyes = (face.eyeLeft[1] + face.eyeRight[1]) / 2
  const front = (face.eyeLeft[2] + face.eyeRight[2]) / 2
  const top = eyes + (face.crown[1] - eyes) * 0.68
  const brow = eyes + unit * 0.3
  const half = unit * 1.02
  const out = positions.slice()
  for (let i = 0; i < out.length; i += 3) {
    const [x, y, z] = [positions[i]! - middle, positions[i + 1]!, positions[i + 2]!]
    const before = smoothstep(face.headPivot[2] + 0.1, front - unit * 0.55, z)
    const low = smoothstep(top, brow, y)
    const share = before * low
    if (share <= 0 || Math.abs(x) > half * 1.25) continue
    // The parting lies a little to one side; strands keep their order on the way out.
    const part = unit * 0.35
    const side = x > part ? 1 : -1
    const along = Math.min(1, Math.abs(x - part) / (half + (side < 0 ? part : -part)))
    const edge = half * (1 + 0.22 * along)
    const moved = side * Math.max(Math.abs(x), edge)
    const back = front - unit * (1.0 - 0.35 * (1 - along))
    out[i] = middle + x + (moved - x) * share
    out[i + 2] = z + (Math.min(z, back) - z) * share
  }
  return out
}
