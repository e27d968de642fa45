// Casts what people wear: garments that suit the style, in colours that suit each other or in those that were wished for.
import type { RecipeGarment } from '../../core/recipe.ts'
import { CLOTH_COLOURS } from './colours.ts'
import type { Draw } from './draw.ts'
import type { Garment, PersonRequest, Wishes } from './wishes.ts'

/** A garment of the human model: `main` is what a wished colour goes to. */
type Piece = {
  readonly garment: Garment
  readonly asset: string
  /** The zone that takes the main colour, and others with the colours that go with it; absent: one colour for all. */
  readonly zones?: { readonly main: string; readonly others: Readonly<Record<string, readonly string[]>> }
  readonly professional: number
  readonly social: number
}

const SHIRTS = ['#eceae5', '#e4eaf2', '#dfe6ee', '#efe9dd']
const TIES = ['#6b1f2c', '#232f4b', '#2b5a63', '#5d3350', '#3b4a3f', '#8a6a32']

const suit = { main: 'jacket', others: { shirt: SHIRTS, tie: TIES } }
const blazer = { main: 'jacket', others: { shirt: SHIRTS } }
const shirtZone = { main: 'shirt', others: {} }

const MEN: readonly Piece[] = [
  { garment: 'suit', asset: 'male_elegantsuit01', zones: suit, professional: 5, social: 0 },
  { garment: 'blazer', asset: 'male_casualsuit05', zones: blazer, professional: 4, social: 1 },
  { garment: 'jacket', asset: 'male_casualsuit05', zones: blazer, professional: 0, social: 0.5 },
  { garment: 'shirt', asset: 'male_casualsuit01', professional: 3, social: 2 },
  { garment: 'shirt', asset: 'male_casualsuit03', zones: shirtZone, professional: 2, social: 2 },
  { garment: 'sweater', asset: 'male_casualsuit02', zones: shirtZone, professional: 0.5, social: 4 },
  { garment: 't-shirt', asset: 'male_casualsuit04', zones: shirtZone, professional: 0, social: 4 },
  { garment: 'top', asset: 'male_casualsuit04', zones: shirtZone, professional: 0, social: 0 },
  { garment: 'overalls', asset: 'male_worksuit01', professional: 0, social: 0 },
]

const WOMEN: readonly Piece[] = [
  { garment: 'suit', asset: 'male_elegantsuit01', zones: suit, professional: 0, social: 0 },
  { garment: 'blazer', asset: 'male_casualsuit05', zones: blazer, professional: 5, social: 1 },
  { garment: 'jacket', asset: 'male_casualsuit05', zones: blazer, professional: 0, social: 0.5 },
  { garment: 'blouse', asset: 'female_elegantsuit01', zones: shirtZone, professional: 4, social: 2 },
  { garment: 'shirt', asset: 'male_casualsuit01', professional: 2, social: 2 },
  { garment: 'sweater', asset: 'Harvey_Sweater2', professional: 1, social: 3 },
  { garment: 't-shirt', asset: 'female_casualsuit01', zones: shirtZone, professional: 0, social: 4 },
  { garment: 'dress', asset: 'F_Dress_01', professional: 1, social: 1 },
  { garment: 'dress', asset: 'F_Dress_04', professional: 0, social: 1 },
  { garment: 'top', asset: 'VNeckTop', professional: 0, social: 1 },
  { garment: 'top', asset: 'Tank_Top_01', professional: 0, social: 0.5 },
  { garment: 'overalls', asset: 'male_worksuit01', professional: 0, social: 0 },
]

/** Colours that garments have where no words say. */
const USUAL: Readonly<Record<Garment, readonly string[]>> = {
  suit: ['#2b2f37', '#232f4b', '#4a4f58', '#3b3a38'],
  blazer: ['#232f4b', '#3a3d42', '#6b4f3c', '#2b5257', '#6b1f2c', '#8d8577'],
  jacket: ['#3f4a3c', '#4a4038', '#34404f', '#6b5a45'],
  shirt: ['#dfe6ee', '#9db7d4', '#5f7d8c', '#7e8f7a', '#b98f84', '#35598f', '#e9e3d6'],
  't-shirt': ['#2b3f5c', '#7a2f36', '#3f5d4a', '#c9a24d', '#8a9097', '#e6e2d9', '#4b3f57'],
  sweater: ['#8c6a4a', '#3f5d4a', '#7a2f36', '#54657a', '#cdb99a', '#d9a9a2', '#5d3350'],
  blouse: ['#e6e2d9', '#3f5a78', '#8b3a44', '#5f7f78', '#c9a98f', '#6a4f78'],
  dress: ['#6d2f4a', '#23405c', '#2f5a4c', '#7a2f36', '#3d3a44'],
  top: ['#2b7377', '#d8d3c8', '#7a2f36', '#35598f'],
  overalls: ['#5a7594'],
}

/** What is put on when something cannot be worn by the one or the other. */
const INSTEAD: Readonly<Partial<Record<Garment, Garment>>> = { blouse: 'shirt', dress: 'shirt' }

/** The clothes of several people; where words leave it free, each wears something else. */
export function castClothes(
  request: PersonRequest,
  wishes: Wishes,
  count: number,
  draw: Draw,
): readonly (readonly RecipeGarment[])[] {
  const all = request.gender === 'female' ? WOMEN : MEN
  const wished =
    wishes.garment && (all.some(({ garment }) => garment === wishes.garment) ? wishes.garment : INSTEAD[wishes.garment])
  const usedPieces = new Set<string>()
  const usedColours = new Set<string>()
  return Array.from({ length: count }, () => {
    const fitting = all.filter((piece) =>
      wished
        ? piece.garment === wished
        : piece[request.style] > 0 && (wishes.tie === undefined || piece.zones !== suit || wishes.tie),
    )
    const piece = draw.weighted(
      fitting.map((one): [Piece, number] => [
        one,
        (wished ? 1 : one[request.style]) * (usedPieces.has(one.asset) ? 0.05 : 1),
      ]),
    )
    usedPieces.add(piece.asset)
    const [main, second] = wishes.clothColours.map(clothColour)
    const free = USUAL[piece.garment].filter((colour) => !usedColours.has(colour))
    const colour = main ?? draw.one(free.length > 0 ? free : USUAL[piece.garment])
    usedColours.add(colour)
    const tie = wishes.tieColour ? clothColour(wishes.tieColour) : undefined
    return [dress(piece, colour, second, tie, draw)]
  })
}

function dress(
  piece: Piece,
  colour: string,
  second: string | undefined,
  tie: string | undefined,
  draw: Draw,
): RecipeGarment {
  if (!piece.zones) return { asset: piece.asset, color: colour }
  const others = Object.entries(piece.zones.others).map(([zone, usual]): [string, string] => {
    if (zone === 'tie' && tie) return [zone, tie]
    return [zone, (zone === 'shirt' ? second : undefined) ?? draw.one(usual)]
  })
  return {
    asset: piece.asset,
    colors: { [piece.zones.main]: colour, ...Object.fromEntries(others) },
    plain: piece.zones !== suit,
  }
}

/** `light blue` and `dark red` as #rrggbb. */
export function clothColour(name: string): string {
  const [, shade, plain] = /^(?:(light|dark) )?(.+)$/.exec(name)!
  const colour = CLOTH_COLOURS[plain!]!
  if (!shade) return colour
  const towards = shade === 'light' ? 255 : 0
  const share = shade === 'light' ? 0.5 : 0.42
  return `#${[1, 3, 5]
    .map((at) => {
      const code = Number.parseInt(colour.slice(at, at + 2), 16)
      return Math.round(code + (towards - code) * share)
        .toString(16)
        .padStart(2, '0')
    })
    .join('')}`
}
