// What expression, talking style and mood do to a face: recipes of a few numbers over the same shapes.
import type { Shape } from '../../core/shapes.ts'
import type { Expression, Manner, Mood, TalkingStyle } from '../../core/spec.ts'
import { clamp } from '../curves.ts'

/** How a face moves, as factors of the calm presenter that all of them start from, and what it wears. */
export type Bearing = {
  /** How far the head sways, turns and shifts. */
  readonly sway: number
  /** How quick that is. */
  readonly tempo: number
  /** How far the head nods, tilts and shakes with the words. */
  readonly beats: number
  /** How far and how often the brows rise with the words. */
  readonly brows: number
  /** How far the mouth opens. */
  readonly mouth: number
  /** How often the lids close. */
  readonly blinks: number
  /** How far the eyes wander from the viewer. */
  readonly glances: number
  /** Weights of shapes that the face wears all the time, before they come and go a little. */
  readonly wears: Readonly<Partial<Record<Shape, number>>>
}

const CALM: Bearing = {
  sway: 1,
  tempo: 1,
  beats: 1,
  brows: 1,
  mouth: 1,
  blinks: 1,
  glances: 1,
  wears: { smile: 0.07, squint: 0.06, browsUp: 0.05, browsInnerUp: 0.03 },
}

const STYLES: Readonly<Record<TalkingStyle, Partial<Bearing>>> = {
  stable: { sway: 0.85, beats: 0.85 },
  expressive: { sway: 1.5, tempo: 1.15, beats: 1.6, brows: 1.5, mouth: 1.06, glances: 1.2 },
}

const EXPRESSION_RECIPES: Readonly<Record<Expression, Partial<Bearing>>> = {
  default: {},
  happy: { beats: 1.1, brows: 1.15, wears: { smile: 0.5, squint: 0.2, browsUp: 0.1 } },
}

const MOOD_RECIPES: Readonly<Record<Mood, Partial<Bearing>>> = {
  serious: {
    sway: 0.75,
    tempo: 0.9,
    brows: 0.6,
    blinks: 0.85,
    glances: 0.6,
    wears: { smile: -0.07, frown: 0.12, browsDown: 0.5, browsUp: -0.05, squint: 0.08 },
  },
  friendly: { sway: 1.1, beats: 1.1, brows: 1.2, wears: { smile: 0.3, squint: 0.1, browsUp: 0.1 } },
  excited: {
    sway: 1.3,
    tempo: 1.25,
    beats: 1.35,
    brows: 1.6,
    mouth: 1.08,
    blinks: 1.15,
    wears: { smile: 0.3, browsUp: 0.22, eyesWide: 0.3, squint: -0.04 },
  },
  soothing: {
    sway: 0.9,
    tempo: 0.7,
    beats: 0.65,
    brows: 0.8,
    mouth: 0.94,
    blinks: 0.9,
    glances: 0.7,
    wears: { smile: 0.2, squint: 0.12, browsInnerUp: 0.34 },
  },
}

/** Factors multiply, what is worn adds up: every combination of words makes sense. */
export function bearingOf(manner: Manner = {}): Bearing {
  const recipes = [
    STYLES[manner.talkingStyle ?? 'stable'],
    EXPRESSION_RECIPES[manner.expression ?? 'default'],
    ...(manner.mood ? [MOOD_RECIPES[manner.mood]] : []),
  ]
  return recipes.reduce<Bearing>((bearing, recipe) => {
    const times = (key: Exclude<keyof Bearing, 'wears'>): number => bearing[key] * (recipe[key] ?? 1)
    return {
      sway: times('sway'),
      tempo: times('tempo'),
      beats: times('beats'),
      brows: times('brows'),
      mouth: times('mouth'),
      blinks: times('blinks'),
      glances: times('glances'),
      wears: addWeights(bearing.wears, recipe.wears ?? {}),
    }
  }, CALM)
}

function addWeights(a: Bearing['wears'], b: Bearing['wears']): Bearing['wears'] {
  const sum: Partial<Record<Shape, number>> = { ...a }
  for (const [shape, weight] of Object.entries(b) as [Shape, number][]) {
    sum[shape] = clamp((sum[shape] ?? 0) + weight, 0, 1)
  }
  return sum
}
