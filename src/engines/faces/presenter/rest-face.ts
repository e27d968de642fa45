// The face at rest: lips closed, a trace of a smile, brows slightly lifted, never quite even.
import type { RecipeMacro } from '../../../core/recipe.ts'
import type { BaseMesh } from './base-mesh.ts'
import { gapOf, ringFalloff } from './close-gap.ts'
import { faceTypeShares } from './macro.ts'
import { findOpening, type Opening } from './openings.ts'
import { loadProxy } from './proxy.ts'
import { seatTeeth } from './seat-teeth.ts'
import { fitSkeleton, poseMatrices, type Skeleton, skinPositions } from './skeleton.ts'
import { sumTargets } from './targets.ts'
import { added, smoothstep } from './vectors.ts'

/** A morphed base mesh with its rest expression, arms still raised. */
export type RestFace = {
  readonly mesh: BaseMesh
  readonly skeleton: Skeleton
  /** All base vertices. */
  readonly positions: Float32Array
  readonly mouth: Opening
  readonly eyeLeft: Opening
  readonly eyeRight: Opening
  /** The sum of expression units (`mouth-pursing`), each blended over the face types of this person. */
  readonly units: (weights: Readonly<Record<string, number>>) => Promise<Float32Array>
  /** Vertices at the corners of the lips: x below 0, x above 0. */
  readonly corners: readonly [number, number]
  /** As in the recipe: 0.5 is 25 years, 1 is 90. */
  readonly age: number
  /** Corner to corner, decimetres. */
  readonly mouthWidth: (positions: Float32Array) => number
}

/** The one set of teeth that everyone has. */
export const TEETH = 'Teeth_Base'

/** And the one tongue. */
export const TONGUE = 'tongue01'

/** Expression units that everyone wears at rest; left and right differ, as in every face. */
const REST: Readonly<Record<string, number>> = {
  'mouth-corner-puller': 0.3,
  'eyebrows-left-up': 0.16,
  'eyebrows-right-up': 0.09,
  'eyebrows-left-inner-up': 0.14,
  'eyebrows-right-inner-up': 0.18,
  'eye-left-slit': 0.13,
  'eye-right-slit': 0.18,
}

/** The base mesh rests with its teeth apart; this closes them, degrees. */
const JAW_AT_REST = -1.6

/** The lining of the mouth lies so near under the skin that a moving jaw pushes it through: draws it back, decimetres. */
const LINING_BACK = 0.05

const withRoomInside = (positions: Float32Array, mouth: Opening): Float32Array => {
  const out = positions.slice()
  mouth.ring.forEach((ring, vertex) => {
    if (ring < 0) out[vertex * 3 + 2] = (out[vertex * 3 + 2] as number) - LINING_BACK * smoothstep(1, 4, -ring)
  })
  return out
}

const openings = new WeakMap<BaseMesh, Record<'mouth' | 'eyeLeft' | 'eyeRight', Opening>>()

/** Puts a morphed mesh to rest. */
export const restFace = async (mesh: BaseMesh, morphed: Float32Array, macro: RecipeMacro): Promise<RestFace> => {
  const units = (weights: Readonly<Record<string, number>>): Promise<Float32Array> =>
    sumTargets(
      new Map(
        faceTypeShares(macro).flatMap(([type, share]) =>
          Object.entries(weights).map(
            ([name, weight]) => [`expression/units/${type}/${name}`, weight * share] as const,
          ),
        ),
      ),
    )
  const teeth = await loadProxy('teeth', TEETH)
  const expressed = added(morphed, await units(REST))
  const skeleton = fitSkeleton(mesh, expressed)
  let found = openings.get(mesh)
  if (!found) {
    found = {
      mouth: findOpening(mesh, skeleton, 'mouth'),
      eyeLeft: findOpening(mesh, skeleton, 'eyeLeft'),
      eyeRight: findOpening(mesh, skeleton, 'eyeRight'),
    }
    openings.set(mesh, found)
  }
  const closed = skinPositions(expressed, mesh.skin, poseMatrices(skeleton, { jaw: [JAW_AT_REST, 0, 0] }))
  const seal = gapOf(mesh, found.mouth, [0, 1, 2, 3]).close(closed, {
    overlap: 0.004,
    upperShare: 0.4,
    falloff: ringFalloff(3, 8),
  })
  const ring = found.mouth.upperRings[2] as readonly number[]
  const corners = [ring[0] as number, ring.at(-1) as number] as const
  return {
    mesh,
    skeleton,
    positions: seatTeeth(mesh, skeleton, withRoomInside(added(closed, seal), found.mouth), found.mouth, teeth),
    ...found,
    corners,
    age: macro.age,
    units,
    mouthWidth: (positions) => (positions[corners[1] * 3] as number) - (positions[corners[0] * 3] as number),
  }
}
