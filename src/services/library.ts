// The avatars, public, generated and made from photos: who there is, and their rigs and pictures, made when they are first asked for.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { NotFound } from '../core/errors.ts'
import type { Avatar, Speaker } from '../core/library.ts'
import type { PresenterRecipe } from '../core/recipe.ts'
import { ASPECT_RATIOS, type AspectRatio, DEFAULT_FPS } from '../core/spec.ts'
import type { MadeAvatars } from './made-avatars.ts'
import type { Photos } from './photos.ts'
import type { RenderPool, RunOptions } from './render-pool.ts'
import { RENDERER_VERSIONS } from './renderer-versions.ts'
import { findRig } from './rig-cache.ts'
import { shareRuns } from './share-runs.ts'
import type { PreparedRig } from './tasks.ts'
import { useIfThere } from './whole-file.ts'

/** The library of avatars. */
export type Library = {
  /** The public ones, in the order of their numbers. */
  list(): readonly Avatar[]
  /** A public one, by slug, number or alias, the number also as text: what anybody may name. @throws NotFound */
  findPublic(id: string | number): Avatar
  /** Any one, other accounts' included: for ids that an account was found to have. @throws NotFound */
  find(id: string | number): Speaker
  /** The avatar's rig on disk; the first time it is made, which takes its time. Progress: 0 to 1. */
  rigFor(avatarId: string, options?: RunOptions): Promise<PreparedRig>
  /** Path of a JPEG of the avatar at rest. @throws NotFound */
  cover(avatarId: string, aspect?: AspectRatio): Promise<string>
}

/** How many avatars an error names. */
const NAMED = 12

/** Opens the library. @param cacheFolder where rigs and pictures are kept. */
export function openLibrary(
  recipes: readonly PresenterRecipe[],
  pool: RenderPool,
  cacheFolder: string,
  made: MadeAvatars,
  photos: Photos,
): Library {
  const avatars = recipes.map(avatarOf).sort((a, b) => a.number - b.number)
  const byId = new Map(
    recipes.flatMap((recipe) =>
      [recipe.id, String(recipe.number), ...(recipe.aliases ?? [])].map((id) => [id.toLowerCase(), recipe] as const),
    ),
  )
  const share = shareRuns()
  const missing = (id: string | number) => {
    const named = avatars.slice(0, NAMED).map(nameOf).join(', ')
    return new NotFound('avatar', id, `There are ${avatars.length}, among them ${named}.`)
  }
  const publicRecipe = (id: string | number) => byId.get(String(id).toLowerCase())
  const recipeFor = (id: string | number): PresenterRecipe => {
    const recipe = publicRecipe(id) ?? made.find(id)
    if (!recipe) throw missing(id)
    return recipe
  }
  const rigs = new Map<string, PreparedRig>()
  const find: Library['find'] = (id) => photos.find(id) ?? avatarOf(recipeFor(id))
  const rigFor: Library['rigFor'] = async (avatarId, options = {}) => {
    const photo = photos.find(avatarId)
    if (photo) return photos.rigFor(photo, options)
    const recipe = recipeFor(avatarId)
    const known = rigs.get(recipe.id)
    if (known && (await useIfThere(known.path))) return known
    const folder = join(cacheFolder, 'rigs')
    const rig =
      (await findRig(recipe, folder)) ??
      (await share(`rig ${recipe.id}`, options, (run) => pool.run('rig', { recipe, folder }, run)))
    rigs.set(recipe.id, rig)
    return rig
  }
  return {
    list: () => avatars,
    findPublic(id) {
      const recipe = publicRecipe(id)
      if (!recipe) throw missing(id)
      return avatarOf(recipe)
    },
    find,
    rigFor,
    async cover(avatarId, aspect = 'portrait') {
      const avatar = find(avatarId)
      const rig = await rigFor(avatar.id)
      const path = join(cacheFolder, 'covers', `${avatar.id}-${aspect}-${coverKey(rig.hash)}.jpg`)
      if (await useIfThere(path)) return path
      const canvas = { ...ASPECT_RATIOS[aspect], fps: DEFAULT_FPS }
      await share(path, {}, (run) => pool.run('cover', { avatarId: avatar.id, rig, canvas, path }, run))
      return path
    },
  }
}

const nameOf = ({ id, number }: Avatar): string => `${id} (${number})`

function avatarOf(recipe: PresenterRecipe): Avatar {
  const { id, number, aliases = [], name, gender, age, ethnicity, style, scene, tags, voiceId } = recipe
  return { id, number, aliases, name, gender, age, ethnicity, style, scene, tags, voiceId }
}

/** What decides an avatar's picture at rest: its rig, and all that draws it and what stands behind it. */
export function coverKey(rigHash: string, versions: readonly string[] = RENDERER_VERSIONS): string {
  return createHash('sha256')
    .update(JSON.stringify([rigHash, versions]))
    .digest('hex')
    .slice(0, 16)
}
