// Where a character stands on a canvas.
import type { Placement } from '../core/plan.ts'
import type { Background, Canvas } from '../core/spec.ts'
import type { RigFacts } from './rig-facts.ts'

/** How a head is framed, as fractions of the canvas height: how tall it is, and how much room there is above it. */
type Framing = { readonly headHeight: number; readonly headRoom: number }

/** From portrait to landscape the head grows against the height and comes nearer to the top edge. */
function framingFor(canvas: Canvas): Framing {
  const ratio = canvas.width / canvas.height
  if (ratio < 0.8) return { headHeight: 0.29, headRoom: 0.15 }
  if (ratio < 1.3) return { headHeight: 0.44, headRoom: 0.105 }
  return { headHeight: 0.52, headRoom: 0.085 }
}

/**
 * Places a character by its head: centred, with head room, and never so high or small that the cut edge of the body
 * comes into the picture.
 */
export function placeCharacter(canvas: Canvas, facts: RigFacts, background: Background): Placement {
  if (facts.hasBackdrop && background.kind === 'own') return placePicture(canvas, facts)
  const framing = framingFor(canvas)
  const top = framing.headRoom * canvas.height
  const byHead = (framing.headHeight * canvas.height) / facts.headBox.height
  const byBody = (canvas.height - top) / (facts.height - facts.headBox.y)
  const scale = Math.max(byHead, byBody)
  return {
    scale,
    x: canvas.width / 2 - (facts.headBox.x + facts.headBox.width / 2) * scale,
    y: top - facts.headBox.y * scale,
  }
}

/** Fills the canvas with as much of a photo as its shape lets it show, the head as near as can be to where it should be. */
function placePicture(canvas: Canvas, facts: RigFacts): Placement {
  const scale = Math.max(canvas.width / facts.width, canvas.height / facts.height)
  const { x, y, width } = facts.headBox
  const top = framingFor(canvas).headRoom * canvas.height
  const within = (offset: number, side: number, length: number) => Math.min(0, Math.max(side - length * scale, offset))
  return {
    scale,
    x: within(canvas.width / 2 - (x + width / 2) * scale, canvas.width, facts.width),
    y: within(top - y * scale, canvas.height, facts.height),
  }
}
