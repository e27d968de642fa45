// Make-up: what lies on lips and lids, and headscarves.
import type { PresenterRecipe, RecipeSkin } from '../../core/recipe.ts'
import { clothColour } from './cast-clothes.ts'
import type { Draw } from './draw.ts'
import type { PersonRequest, Wishes } from './wishes.ts'

/** Colours of lips and lids, by how dark the skin is. */
const COLOURS = {
  light: {
    lips: ['#b0565c', '#ad4f55', '#a8484f', '#b5545a', '#a35a55'],
    lids: ['#7a5148', '#6b4640', '#75544c', '#6f4b4a'],
  },
  dark: { lips: ['#963440', '#8e3a3f', '#7f3238', '#93403f'], lids: ['#2a1517', '#1f1012', '#33201c'] },
} as const

/** Lipstick and colour on the lids: quiet on grown women, and as words ask for it on anybody. */
export function castMakeUp(
  { gender, age }: PersonRequest,
  { makeUp, lipstick, lipColour, eyeShadow, lidColour }: Wishes,
  picture: string,
  draw: Draw,
): Pick<RecipeSkin, 'lips' | 'lids'> {
  const { lips, lids } = COLOURS[picture.includes('african') ? 'dark' : 'light']
  const usual = makeUp ?? (gender === 'female' && age !== 'teenager')
  const ownLips = draw.one(lips)
  const ownLids = draw.one(lids)
  return {
    ...((lipstick ?? usual) ? { lips: lipColour ? clothColour(lipColour) : ownLips } : {}),
    ...((eyeShadow ?? usual) ? { lids: lidColour ? clothColour(lidColour) : ownLids } : {}),
  }
}

const SCARVES = ['#a9747a', '#5f7f78', '#3f5a78', '#c9b79a', '#6d5a7a', '#2f3a4a'] as const

/** A headscarf, where one is wished for: women's hair is under it. */
export const castHeadscarf = (
  { gender }: PersonRequest,
  { headscarf, scarfColour }: Wishes,
  draw: Draw,
): Pick<PresenterRecipe, 'headscarf'> =>
  headscarf && gender === 'female'
    ? { headscarf: { color: scarfColour ? clothColour(scarfColour) : draw.one(SCARVES) } }
    : {}
