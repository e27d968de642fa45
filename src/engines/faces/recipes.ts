// The presenters that ship: reads their recipes and refuses one that names what does not exist.
import { readdir, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { PLACES } from '../../core/backdrop.ts'
import { Fault } from '../../core/errors.ts'
import type { PresenterRecipe, RecipeAsset } from '../../core/recipe.ts'
import { zonesOf } from './presenter/garments/dye.ts'
import { loadProxy, materialPicture, type ProxyFolder, proxyNames } from './presenter/proxy.ts'
import { SKINS } from './presenter/skins.ts'
import { hasTarget } from './presenter/targets.ts'

const FOLDER = new URL('../../../avatars/', import.meta.url)

const share = z.number().min(0).max(1)
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #a0b1c2')
const asset = z.strictObject({
  asset: z.string(),
  material: z.string().exactOptional(),
  tint: colour.exactOptional(),
  color: colour.exactOptional(),
})
const garment = asset.extend({
  colors: z.record(z.string(), colour).exactOptional(),
  plain: z.boolean().exactOptional(),
})
const strands = asset.extend({ grey: share.exactOptional() })

const recipeSchema: z.ZodType<PresenterRecipe> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and hyphens'),
  number: z.int().positive(),
  aliases: z.array(z.string().min(1)).readonly().exactOptional(),
  name: z.string().min(1),
  gender: z.enum(['female', 'male']),
  age: z.enum(['young_adult', 'adult', 'senior']),
  ethnicity: z.enum([
    'european',
    'african',
    'south_asian',
    'east_asian',
    'middle_eastern',
    'south_american',
    'north_american',
  ]),
  style: z.enum(['professional', 'social']),
  scene: z.enum(['lifestyle', 'outdoors', 'business', 'studio', 'health_fitness', 'education', 'news']),
  tags: z.array(z.string()).readonly(),
  voiceId: z.string().regex(/^[a-z]+-[a-z0-9-]+$/, 'an id of the voice catalogue, such as flite-slt'),
  macro: z.strictObject({
    gender: share,
    age: z.number().min(0.5).max(1),
    african: share,
    asian: share,
    caucasian: share,
    muscle: share,
    weight: share,
  }),
  details: z.record(z.string(), share),
  skin: z.strictObject({
    picture: z.enum(SKINS),
    tint: colour,
    seed: z.int(),
    freckles: share,
    stubble: share,
    lines: share,
    lips: colour.exactOptional(),
    lids: colour.exactOptional(),
  }),
  eyes: asset,
  brows: strands,
  lashes: asset,
  hair: strands.extend({ swept: z.boolean().exactOptional() }).exactOptional(),
  beard: z
    .strictObject({
      style: z.enum(['moustache', 'goatee', 'full']),
      length: z.enum(['trimmed', 'full']),
      color: colour,
      grey: share.exactOptional(),
    })
    .exactOptional(),
  glasses: z
    .strictObject({
      style: z.enum(['round', 'oval', 'square', 'cat']),
      frame: z.enum(['metal', 'acetate']),
      color: colour,
    })
    .exactOptional(),
  headscarf: z.strictObject({ color: colour }).exactOptional(),
  clothes: z.array(garment).min(1).readonly(),
  arms: z.enum(['together', 'apart', 'hanging']).exactOptional(),
  backdrop: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('studio'), color: colour, glow: colour, vignette: share }),
    z.strictObject({ kind: z.enum(PLACES), color: colour, accent: colour, seed: z.int() }),
  ]),
  light: z.enum(['soft', 'bright']),
})

/**
 * One recipe out of its parsed JSON.
 * @param file what to call it in errors
 * @throws Fault `invalid`, naming file and field, for a wrong value, an unknown target, skin, asset or material
 */
export const checkRecipe = async (value: unknown, file: string): Promise<PresenterRecipe> => {
  const read = recipeSchema.safeParse(value)
  if (!read.success) {
    const issue = read.error.issues[0]
    throw wrong(file, issue?.path.join('.') ?? '', issue?.message ?? 'not a recipe')
  }
  const recipe = read.data
  if (recipe.macro.african + recipe.macro.asian + recipe.macro.caucasian <= 0) {
    throw wrong(file, 'macro', 'african, asian and caucasian are all 0')
  }
  for (const name of Object.keys(recipe.details)) {
    if (!(await hasTarget(name))) throw wrong(file, `details.${name}`, 'the human model has no such morph target')
  }
  recipe.clothes.forEach(({ asset, colors = {} }, i) => {
    const unknown = Object.keys(colors).find((zone) => !zonesOf(asset).includes(zone))
    if (unknown) {
      throw wrong(file, `clothes.${i}.colors.${unknown}`, `${asset} has these zones: ${zonesOf(asset).join(', ')}`)
    }
  })
  for (const [field, folder, one] of recipeAssets(recipe)) {
    if (!(await proxyNames(folder)).includes(one.asset)) {
      throw wrong(file, field, `the human model has no ${one.asset} among its ${folder}`)
    }
    try {
      materialPicture(await loadProxy(folder, one.asset), one)
    } catch (cause) {
      throw wrong(file, field, cause instanceof Error ? cause.message : String(cause), cause)
    }
  }
  return recipe
}

/** Every proxy asset that a recipe uses: the recipe's field, the package's folder, the asset. */
export const recipeAssets = (recipe: PresenterRecipe): readonly (readonly [string, ProxyFolder, RecipeAsset])[] => [
  ['eyes', 'eyes', recipe.eyes],
  ['brows', 'eyebrows', recipe.brows],
  ['lashes', 'eyelashes', recipe.lashes],
  ...(recipe.hair ? [['hair', 'hair', recipe.hair] as const] : []),
  ...recipe.clothes.map((one, i) => [`clothes.${i}`, 'clothes', one] as const),
]

const wrong = (file: string, field: string, why: string, cause?: unknown): Fault =>
  new Fault('invalid', `${file}: ${field}: ${why}`, { field, cause })

let loaded: Promise<readonly PresenterRecipe[]> | undefined

/**
 * The recipes that ship, sorted by number; read and checked once per process.
 * @throws Fault `invalid`, naming file and field, for a recipe that cannot be made or a doubled id or number
 */
export const loadRecipes = (): Promise<readonly PresenterRecipe[]> => {
  loaded ??= readRecipes(FOLDER)
  return loaded
}

/** Reads and checks every `*.json` of a folder; see {@link loadRecipes}. */
export const readRecipes = async (folder: URL): Promise<readonly PresenterRecipe[]> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const recipes: PresenterRecipe[] = []
  for (const file of files) {
    const recipe = await checkRecipe(parse(await readFile(new URL(file, folder), 'utf8'), file), file)
    for (const id of idsOf(recipe)) {
      const twin = recipes.find((other) => idsOf(other).includes(id))
      if (twin) throw wrong(file, 'id', `${id} is taken by ${twin.name}`)
    }
    recipes.push(recipe)
  }
  return recipes.sort((a, b) => a.number - b.number)
}

/** Everything that a recipe is found by. */
const idsOf = ({ id, number, aliases = [] }: PresenterRecipe): readonly string[] => [id, String(number), ...aliases]

const parse = (text: string, file: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw wrong(file, '', 'not JSON', cause)
  }
}
