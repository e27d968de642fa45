// Who an id of HeyGen's clients means: a public avatar, a look of the account's own, or who stands in for a sample id.
import { NotFound } from '../../../core/errors.ts'
import type { Speaker } from '../../../core/library.ts'
import type { Services } from '../../../services/open.ts'
import { HeygenFault } from './envelope.ts'

import { SAMPLE_AVATARS } from './sample-ids.ts'

/** Somebody, and the id that was asked for where they stand in for another. */
export type FoundPerson = {
  readonly avatar: Speaker
  readonly standsInFor: string | null
  /** Shown with `superResolution`. */
  readonly isUpscaled?: boolean
}

/** A public avatar by id, number, alias or one of HeyGen's sample ids; null where there is none. */
export function findPublic({ library }: Services, id: string): FoundPerson | null {
  const all = library.list()
  const own = all.find((avatar) => avatar.id === id || String(avatar.number) === id || avatar.aliases?.includes(id))
  if (own) return { avatar: own, standsInFor: own.aliases?.includes(id) ? id : null }
  const standIn = all.find((avatar) => avatar.id === SAMPLE_AVATARS.get(id))
  return standIn ? { avatar: standIn, standsInFor: id } : null
}

/**
 * Anybody whom an account may show; waits for a look that is being made.
 * @throws HeygenFault 404 `avatar_not_found`, or 400 where the picture of a look cannot be used.
 */
export async function findPerson(services: Services, accountId: string, id: string): Promise<FoundPerson> {
  const known = findPublic(services, id)
  if (known) return known
  try {
    const { speakerId, name, isUpscaled } = await services.ownAvatars.ready(accountId, lookId(id))
    return { avatar: { ...services.library.find(speakerId), name }, standsInFor: null, isUpscaled }
  } catch (error) {
    throw error instanceof NotFound ? avatarNotFound(id) : error
  }
}

/** The id of a look as it is stored. @throws HeygenFault 404 for what is no id. */
export function lookId(id: string): string {
  const clean = id.trim().toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(clean)) throw avatarNotFound(id)
  return clean
}

/** An unknown avatar, look or talking photo. */
export function avatarNotFound(id: string): HeygenFault {
  const words = `avatar look not found: ${JSON.stringify(id.slice(0, 64))}. GET /v2/avatars lists those there are.`
  return new HeygenFault(words, { word: 'avatar_not_found', code: 400144, status: 404 })
}
