// The avatars that were generated: one recipe each in a folder, so that every process that shares it finds them.
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../core/errors.ts'
import type { PresenterRecipe } from '../core/recipe.ts'
import { makeWhole } from './whole-file.ts'

/** The generated avatars. */
export type MadeAvatars = {
  /** By id or number, or null where there is none. @throws Fault `internal` for a file that cannot be read. */
  find(id: string | number): PresenterRecipe | null
  /** Keeps a recipe for good. */
  keep(recipe: PresenterRecipe): Promise<void>
}

/** Ids of generated avatars, and their numbers alone. */
const ID = /^(?:made-)?(\d{10})$/

/** @param folder where the recipes lie; it is made when the first is kept. */
export function openMadeAvatars(folder: string): MadeAvatars {
  const pathOf = (number: string) => join(folder, `made-${number}.json`)
  const known = new Map<string, PresenterRecipe>()
  return {
    find(id) {
      const number = ID.exec(String(id))?.[1]
      if (number === undefined) return null
      const recipe = known.get(number) ?? read(pathOf(number))
      if (recipe) known.set(number, recipe)
      return recipe
    },
    async keep(recipe) {
      await mkdir(folder, { recursive: true })
      const text = `${JSON.stringify(recipe, null, 2)}\n`
      await makeWhole(pathOf(String(recipe.number)), (draft) => writeFile(draft, text))
      known.set(String(recipe.number), recipe)
    },
  }
}

function read(path: string): PresenterRecipe | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Fault('internal', `The avatar ${path} cannot be read.`, { cause })
  }
  try {
    return JSON.parse(text) as PresenterRecipe
  } catch (cause) {
    throw new Fault('internal', `The avatar ${path} is no recipe.`, { cause })
  }
}
