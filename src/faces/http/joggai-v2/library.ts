// JoggAI v2 avatars: the public library, filtered and paged.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Avatar } from '../../../core/library.ts'
import type { Services } from '../../../services/open.ts'
import { read, withoutBlanks, word } from '../fields.ts'
import { success } from '../joggai/envelope.ts'
import { linkBase } from '../links.ts'
import { coverPath, previewPath } from '../media.ts'
import { pageOf, pagingFields } from '../paging.ts'
import { ASPECT_ALIASES, ASPECT_NUMBERS, ASPECT_WORDS } from './video-request.ts'

const querySchema = z.object({
  ...pagingFields,
  aspect_ratio: word(ASPECT_WORDS, ASPECT_ALIASES).optional(),
  style: word(['professional', 'social']).optional(),
  gender: word(['female', 'male']).optional(),
  age: word(['adult', 'senior', 'young_adult']).optional(),
  scene: word(['lifestyle', 'outdoors', 'business', 'studio', 'health_fitness', 'education', 'news']).optional(),
  ethnicity: word([
    'european',
    'african',
    'south_asian',
    'east_asian',
    'middle_eastern',
    'south_american',
    'north_american',
  ]).optional(),
})

const FILTERS = ['style', 'gender', 'age', 'scene', 'ethnicity'] as const

/** Adds GET avatars/public. */
export function libraryRoutes(app: FastifyInstance, services: Services): void {
  app.get('/v2/avatars/public', async (request) => {
    const query = read(querySchema, withoutBlanks(request.query as Record<string, unknown>))
    const matching = services.library
      .list()
      .filter((avatar) => FILTERS.every((name) => query[name] === undefined || avatar[name] === query[name]))
    const page = pageOf(matching, query)
    const base = linkBase(request, services.config)
    const aspect = ASPECT_NUMBERS[query.aspect_ratio ?? 'portrait']
    return success(request, {
      avatars: page.items.map((avatar) => avatarAnswer(avatar, aspect, base)),
      total: page.total,
      has_more: page.hasMore,
    })
  })
}

/** An avatar in JoggAI's words; each of ours fits every aspect ratio, so it answers with the one that was asked for. */
function avatarAnswer(avatar: Avatar, aspect: number, base: string): Record<string, unknown> {
  return {
    id: avatar.number,
    avatar_id: avatar.number,
    name: avatar.name,
    video_url: `${base}${previewPath(avatar.id)}`,
    cover_url: `${base}${coverPath(avatar.id)}`,
    aspect_ratio: aspect,
    style: avatar.style,
    gender: avatar.gender,
    age: avatar.age,
    scene: avatar.scene,
    ethnicity: avatar.ethnicity,
  }
}
