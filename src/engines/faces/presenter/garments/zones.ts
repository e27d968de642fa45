// Where the pictures of garments show a jacket, a shirt or a tie, so that each can be dyed by itself.

/** A texel of a garment's picture: its place (v down) and colour, linear light, all 0 to 1. */
export type Texel = {
  readonly u: number
  readonly v: number
  readonly r: number
  readonly g: number
  readonly b: number
}

/** A zone's name and its texels; the first zone of a garment that a texel is in is its own. */
export type Zone = readonly [name: string, has: (texel: Texel) => boolean]

const within = ({ u, v }: Texel, left: number, top: number, right: number, bottom: number): boolean =>
  u >= left && u <= right && v >= top && v <= bottom

const reddish = ({ r, g }: Texel): boolean => r > g * 1.25

/** The outline of the suit's tie. */
const TIE: readonly (readonly [number, number])[] = [
  [0.3841, 0.0933],
  [0.3993, 0.0814],
  [0.4069, 0.0825],
  [0.4106, 0.0933],
  [0.4091, 0.1031],
  [0.4015, 0.1118],
  [0.395, 0.1378],
  [0.3787, 0.1649],
  [0.362, 0.1823],
  [0.3641, 0.1617],
  [0.3685, 0.1313],
  [0.3783, 0.1139],
  [0.3826, 0.1053],
]

const inside = (outline: typeof TIE, { u, v }: Texel): boolean =>
  outline.reduce((within, [u1, v1], i) => {
    const [u0, v0] = outline[(i + outline.length - 1) % outline.length]!
    return v1 > v !== v0 > v && u < ((u0 - u1) * (v - v1)) / (v0 - v1) + u1 ? !within : within
  }, false)

const tee: readonly Zone[] = [
  // Sleeves lie beside the trousers, to their right.
  ['trousers', ({ u, v }) => v > 0.42 && !(u > 0.735 && v > 0.58)],
  ['shirt', () => true],
]

/** The zones of garments that have several; every other garment is one zone. */
export const ZONES: Readonly<Record<string, readonly Zone[]>> = {
  male_elegantsuit01: [
    ['tie', (at) => inside(TIE, at)],
    ['shirt', (at) => at.r > 0.12 && (within(at, 0.33, 0, 0.5, 0.47) || within(at, 0.88, 0.39, 0.94, 0.47))],
    ['jacket', () => true],
  ],
  male_casualsuit05: [
    ['trousers', (at) => within(at, 0, 0.56, 0.6, 1)],
    ['shirt', (at) => within(at, 0.59, 0.01, 0.69, 0.28) || within(at, 0.84, 0.26, 0.95, 0.53)],
    ['shirt', (at) => within(at, 0.62, 0.56, 0.79, 0.62) || within(at, 0.02, 0.19, 0.19, 0.22)],
    ['jacket', () => true],
  ],
  female_elegantsuit01: [
    ['skirt', (at) => within(at, 0, 0.15, 0.78, 0.53) && !reddish(at)],
    ['shirt', () => true],
  ],
  male_casualsuit03: [['shirt', () => true]],
  male_casualsuit02: tee,
  male_casualsuit04: tee,
  male_casualsuit06: tee,
  female_casualsuit01: tee,
  female_casualsuit02: tee,
  female_sportsuit01: tee,
}
