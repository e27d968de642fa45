// A breath: shoulders and chest rise, and the head rides on them a little.
import type { RestFace } from './rest-face.ts'
import { smoothstep } from './vectors.ts'

/** How far the shoulders rise, decimetres. */
const RISE = 0.06

/** How far the breastbone comes forward, decimetres. */
const SWELL = 0.045

/**
 * Below the base of the neck the breath fades between these depths, decimetres, and further down nothing moves at all:
 * a painter may then leave the lower body as it is.
 */
const FADE_FROM = 0.2
const FADE_TO = 1.2

/** Each bone's share of the rise; what hangs from a bone without a share of its own has its parent's. */
const SHARES: Readonly<Record<string, number>> = {
  root: 0,
  spine02: 0.4,
  spine01: 0.75,
  'clavicle.L': 1,
  'clavicle.R': 1,
  neck01: 0.6,
  neck02: 0.48,
  neck03: 0.4,
}

/** The displacement of all base vertices at the top of a breath. */
export const breath = ({ mesh, skeleton, positions }: RestFace): Float32Array => {
  const shares: number[] = []
  skeleton.names.forEach((name, bone) => {
    const parent = skeleton.parents[bone] as number
    shares.push(SHARES[name.replace(/____head$/, '')] ?? (parent >= 0 ? (shares[parent] as number) : 0))
  })
  const height = (name: string): number => skeleton.pivots[skeleton.names.indexOf(`${name}____head`) * 3 + 1] as number
  const top = height('neck01')
  const middle = height('spine01')
  const bottom = height('spine03')
  const { perVertex, bones, weights } = mesh.skin
  const out = new Float32Array(positions.length)
  for (let at = 0; at < weights.length; at++) {
    const rise = (shares[bones[at] as number] as number) * RISE * (weights[at] as number)
    const y = Math.floor(at / perVertex) * 3 + 1
    out[y] = (out[y] as number) + rise
  }
  for (let vertex = 0; vertex * 3 < out.length; vertex++) {
    const y = positions[vertex * 3 + 1] as number
    const front = smoothstep(0, 1, positions[vertex * 3 + 2] as number)
    const sides = 1 - smoothstep(0.8, 1.8, Math.abs(positions[vertex * 3] as number))
    const chest = y > middle ? 1 - smoothstep(middle, top - 0.2, y) : smoothstep(bottom, middle, y)
    const fade = smoothstep(top - FADE_TO, top - FADE_FROM, y)
    out[vertex * 3 + 1] = (out[vertex * 3 + 1] as number) * fade
    out[vertex * 3 + 2] = SWELL * front * sides * chest * fade
  }
  return out
}
