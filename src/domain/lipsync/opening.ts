// One number for how far the mouth is planned to be open: what the measured gap between the lips is compared with.
import { SHAPE_INDEX } from '../../core/shapes.ts'

/**
 * The planned opening of the inner lips in one frame, about 0 (closed) to 1 (this face's widest).
 *
 * @param row where the frame's SHAPE_COUNT weights begin in `shapes`.
 */
export function plannedOpening(shapes: Float32Array, row = 0): number {
  const at = (name: keyof typeof SHAPE_INDEX): number => shapes[row + SHAPE_INDEX[name]]!
  const jaw = (at('jawOpen') - at('mouthClose')) * (1 - 0.25 * at('lipsRound')) * (1 - 0.85 * at('lowerLipTuck'))
  const lips =
    0.14 * at('lipsPart') +
    0.1 * at('lowerLipDown') +
    0.08 * at('upperLipUp') +
    0.25 * at('lipsFunnel') +
    0.05 * at('lipsRound')
  return Math.max(0, jaw + lips - 0.15 * at('lipsPress'))
}
