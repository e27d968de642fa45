// Turns a recipe's build (gender, age, face type, muscle, weight) into weights of morph targets.
import type { RecipeMacro } from '../../../core/recipe.ts'

/** The three face types that the parametric human blends. */
export const FACE_TYPES = ['african', 'asian', 'caucasian'] as const

/** Shares of {@link FACE_TYPES}, adding up to 1. */
export const faceTypeShares = (macro: RecipeMacro): readonly (readonly [(typeof FACE_TYPES)[number], number])[] => {
  const total = macro.african + macro.asian + macro.caucasian
  return FACE_TYPES.map((type) => [type, macro[type] / total] as const)
}

/** Names min, average and max with their shares; 0.5 is all average. */
const threeWay = (value: number, noun: string): readonly (readonly [string, number])[] => {
  const max = Math.max(0, value * 2 - 1)
  const min = Math.max(0, 1 - value * 2)
  return [
    [`min${noun}`, min],
    [`average${noun}`, 1 - min - max],
    [`max${noun}`, max],
  ]
}

/** The macro targets of a build and their weights (products of the shares along each axis). */
export const macroTargets = (macro: RecipeMacro): ReadonlyMap<string, number> => {
  const old = Math.max(0, macro.age * 2 - 1)
  const weights = new Map<string, number>()
  for (const [gender, genderShare] of [
    ['female', 1 - macro.gender],
    ['male', macro.gender],
  ] as const) {
    for (const [age, ageShare] of [
      ['young', 1 - old],
      ['old', old],
    ] as const) {
      const share = genderShare * ageShare
      for (const [type, typeShare] of faceTypeShares(macro)) {
        weights.set(`macrodetails/${type}-${gender}-${age}`, share * typeShare)
      }
      for (const [muscle, muscleShare] of threeWay(macro.muscle, 'muscle')) {
        for (const [weight, weightShare] of threeWay(macro.weight, 'weight')) {
          weights.set(`macrodetails/universal-${gender}-${age}-${muscle}-${weight}`, share * muscleShare * weightShare)
        }
      }
    }
  }
  return weights
}
