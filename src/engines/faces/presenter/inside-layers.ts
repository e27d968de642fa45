// The layers of what lies in the face's openings and stands on it: mouth, eyes, lashes, brows.
import type { RigLayer } from '../../../core/rig.ts'
import { makeEyes } from './eyes.ts'
import { flatLayer } from './face-layer.ts'
import { makeMouth } from './mouth.ts'
import type { Scene } from './scene.ts'
import { thinLayer } from './thin.ts'

/** Layers that need nothing but a lit scene, by what they show. */
export type InsideLayers = Readonly<Record<'mouth' | 'eyes' | 'lashes' | 'brows', readonly RigLayer[]>>

/** How far their meshes may be thinned off their place, rig pixels. */
const ERROR = 2

/** Makes them. */
export function insideLayers(scene: Scene): InsideLayers {
  const flat = (kind: 'lashes' | 'brows') =>
    scene.parts.filter((part) => part.kind === kind).flatMap((part) => flatLayer(kind, part) ?? [])
  return {
    mouth: makeMouth(scene),
    eyes: makeEyes(scene).map((eye) => thinLayer(eye, 0.4, ERROR)),
    lashes: flat('lashes').map((layer) => thinLayer(layer, 0.4, ERROR, ['blinkLeft', 'blinkRight'])),
    brows: flat('brows').map((layer) => thinLayer(layer, 0.35, ERROR, ['browsUp', 'browsDown'])),
  }
}
