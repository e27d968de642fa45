// How a pool tells its backgrounds apart.
import type { PlannedBackground } from '../../core/plan.ts'
import type { Canvas } from '../../core/spec.ts'
import { backgroundKey } from './painter.ts'

/** A background in a size: equal keys look equal. */
export function sizedKey(
  background: PlannedBackground,
  { width, height }: Pick<Canvas, 'width' | 'height'>,
  avatarId: string | null,
): string {
  return `${width}x${height} ${backgroundKey(background, avatarId)}`
}
