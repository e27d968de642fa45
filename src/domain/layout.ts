// Where a character stands on a canvas.
import type { Look, Placement, PlannedBackground, PlannedWindow } from '../core/plan.ts'
import type { Canvas, Stance } from '../core/spec.ts'
import type { RigFacts } from './rig-facts.ts'
import { placeWindow } from './window-place.ts'

/** How a head is framed, as fractions of the canvas height: how tall it is, and how much room there is above it. */
type HeadFrame = { readonly headHeight: number; readonly headRoom: number }

/** From portrait to landscape the head grows against the height and comes nearer to the top edge. */
function framingFor(canvas: Canvas, { framing = 'normal' }: Stance): HeadFrame {
  const ratio = canvas.width / canvas.height
  if (framing === 'closeUp')
    return ratio < 0.8 ? { headHeight: 0.46, headRoom: 0.13 } : { headHeight: 0.72, headRoom: 0.06 }
  if (ratio < 0.8) return { headHeight: 0.29, headRoom: 0.15 }
  if (ratio < 1.3) return { headHeight: 0.44, headRoom: 0.105 }
  return { headHeight: 0.52, headRoom: 0.085 }
}

/**
 * Places a character by its head: centred, with head room, and never so high or small that the cut edge of the body
 * comes into the picture; then as its stance asks for, which may show that edge.
 */
export function placeCharacter(
  canvas: Canvas,
  facts: RigFacts,
  background: Pick<PlannedBackground, 'kind'>,
  stance: Stance = {},
): Placement {
  const isWhole = facts.hasBackdrop && background.kind === 'own'
  return moved(isWhole ? placePicture(canvas, facts, stance) : placeHead(canvas, facts, stance), canvas, stance)
}

/**
 * Where a character stands and what it is seen through.
 * @returns null where it would be seen nowhere.
 */
export function placeLook(
  canvas: Canvas,
  facts: RigFacts,
  background: Pick<PlannedBackground, 'kind'>,
  stance: Stance = {},
): Look | null {
  const { window: asked, ...rest } = stance
  if (!asked) return { placement: placeCharacter(canvas, facts, background, rest), window: null }
  const place = placeWindow(asked, canvas, rest)
  if (!place) return null
  const behind: PlannedWindow['background'] =
    asked.color === undefined ? { kind: 'own' } : { kind: 'color', color: asked.color }
  const { edge } = place
  const inner = { ...canvas, width: edge.right - edge.left, height: edge.bottom - edge.top }
  // Circles and squares were enlarged and moved themselves.
  const within: Stance = asked.shape === 'rectangle' ? rest : rest.framing ? { framing: rest.framing } : {}
  const { scale, x, y } =
    asked.shape === 'circle' ? placeInCircle(inner, facts, behind) : placeCharacter(inner, facts, behind, within)
  return {
    placement: { scale, x: x + place.left + edge.left, y: y + place.top + edge.top },
    window: { ...place, background: behind },
  }
}

/** The head in the middle of a disc, with room for the hair under its rim. */
function placeInCircle(canvas: Canvas, facts: RigFacts, background: Pick<PlannedBackground, 'kind'>): Placement {
  const { x, y, width, height } = facts.headBox
  const isWhole = facts.hasBackdrop && background.kind === 'own'
  const least = isWhole ? Math.max(canvas.width / facts.width, canvas.height / facts.height) : 0
  const top = CIRCLE.headRoom * canvas.height
  const byBody = isWhole ? 0 : (canvas.height - top) / (facts.height - y)
  const scale = Math.max((CIRCLE.headHeight * canvas.height) / height, least, byBody)
  const within = (offset: number, side: number, length: number) =>
    isWhole ? Math.min(0, Math.max(side - length * scale, offset)) : offset
  return {
    scale,
    x: within(canvas.width / 2 - (x + width / 2) * scale, canvas.width, facts.width),
    y: within(top - y * scale, canvas.height, facts.height),
  }
}

const CIRCLE: HeadFrame = { headHeight: 0.56, headRoom: 0.16 }

function placeHead(canvas: Canvas, facts: RigFacts, stance: Stance): Placement {
  const framing = framingFor(canvas, stance)
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
function placePicture(canvas: Canvas, facts: RigFacts, stance: Stance): Placement {
  const { x, y, width, height } = facts.headBox
  const { headHeight, headRoom } = framingFor(canvas, stance)
  const whole = Math.max(canvas.width / facts.width, canvas.height / facts.height)
  const scale = stance.framing === 'closeUp' ? Math.max(whole, (headHeight * canvas.height) / height) : whole
  const within = (offset: number, side: number, length: number) => Math.min(0, Math.max(side - length * scale, offset))
  return {
    scale,
    x: within(canvas.width / 2 - (x + width / 2) * scale, canvas.width, facts.width),
    y: within(headRoom * canvas.height - y * scale, canvas.height, facts.height),
  }
}

/** Enlarges about the middle of the canvas, then moves. */
function moved({ scale, x, y }: Placement, { width, height }: Canvas, stance: Stance): Placement {
  const { scale: share = 1, offsetX = 0, offsetY = 0 } = stance
  return {
    scale: scale * share,
    x: (x - width / 2) * share + width * (0.5 + offsetX),
    y: (y - height / 2) * share + height * (0.5 + offsetY),
  }
}
