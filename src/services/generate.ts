// People made from words: cast, kept as avatars and painted.
import type { Avatar } from '../core/library.ts'
import { makePeople } from '../domain/generate/make-people.ts'
import type { PersonRequest } from '../domain/generate/wishes.ts'
import type { Library } from './library.ts'
import type { MadeAvatars } from './made-avatars.ts'

/** One of the people that came of a request: an avatar like any other, and a JPEG of it in the request's aspect ratio. */
export type GeneratedPerson = { readonly avatar: Avatar; readonly coverPath: string }

/** What came of a request. */
export type Generated = {
  readonly people: readonly GeneratedPerson[]
  /** Sentences about words that were not understood, cannot be made, or lost against the request's fields. */
  readonly notes: readonly string[]
}

/** How people are made. */
export type GenerateOptions = {
  /** How many, 1 to 8. @default 4 */
  readonly count?: number
  readonly signal?: AbortSignal
  /** Hears how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void
}

/** Makes people. */
export type Generate = (request: PersonRequest, options?: GenerateOptions) => Promise<Generated>

/** Opens the generator: what it makes is kept in `made` and found by the library from then on. */
export function openGenerate(library: Library, made: MadeAvatars): Generate {
  return async (request, { count = 4, signal, onProgress } = {}) => {
    const { people, notes } = makePeople(request, count)
    for (const recipe of people) await made.keep(recipe)
    const shares = people.map(() => 0)
    const report = (index: number, share: number) => {
      shares[index] = share
      onProgress?.(shares.reduce((sum, one) => sum + one, 0) / shares.length)
    }
    const painted = people.map(async (avatar, index): Promise<GeneratedPerson> => {
      const options = { ...(signal ? { signal } : {}), onProgress: (share: number) => report(index, share * 0.95) }
      await library.rigFor(avatar.id, options)
      const coverPath = await library.cover(avatar.id, request.aspectRatio)
      report(index, 1)
      return { avatar, coverPath }
    })
    return { people: await Promise.all(painted), notes }
  }
}
