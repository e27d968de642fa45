// The few facts of a rig that planning needs, without its pixels.
import type { Box, Rig } from '../core/rig.ts'

/** See the fields of the same name in {@link Rig}. */
export type RigFacts = Pick<Rig, 'width' | 'height' | 'headBox' | 'bodySpan'> & {
  /** True for photos, whose own background fills rig space. @default false */
  readonly hasBackdrop?: boolean
}

/** Takes a rig's facts. */
export function rigFacts(rig: Rig): RigFacts {
  const box: Box = rig.headBox
  return {
    width: rig.width,
    height: rig.height,
    headBox: { ...box },
    bodySpan: { ...rig.bodySpan },
    hasBackdrop: rig.backdrop !== null,
  }
}
