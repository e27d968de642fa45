// HeyGen folders: v2's envelope on v1's paths.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Folder } from '../../../services/folders.ts'
import type { Services } from '../../../services/open.ts'
import { flag, read, wholeNumber, withoutBlanks } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { v2 } from './envelope.ts'
import { readHeygen } from './generate-request.ts'

const name = z
  .string({ error: 'a name of at most 200 characters' })
  .trim()
  .max(200, { error: 'a name of at most 200 characters' })
const TYPES = ['video_translate', 'instant_avatar', 'video', 'asset', 'brand_kit', 'mixed'] as const
const createSchema = z.object({
  name,
  project_type: z.enum(TYPES, { error: `one of ${TYPES.join(', ')}` }).default('mixed'),
  parent_id: z.string({ error: 'the id of a folder' }).optional(),
})
const renameSchema = z.object({ name })
const listSchema = z.object({
  limit: wholeNumber('a number from 0 to 100').optional(),
  parent_id: z.string().optional(),
  name_filter: z.string().optional(),
  is_trash: flag('true or false').default(false),
  token: wholeNumber('the token of the page before').optional(),
})
type ById = { Params: { id: string } }

/** Adds folders, folders/create, folders/{id}, trash and restore. */
export function folderRoutes(app: FastifyInstance, { folders }: Services): void {
  app.get('/v1/folders', { config: { doc: { query: listSchema } } }, async (request) => {
    const query = read(listSchema, withoutBlanks(request.query as Record<string, unknown>))
    const { id, name: username } = accountOf(request)
    const limit = Math.min(100, Math.max(0, query.limit ?? 100))
    const start = Math.max(0, query.token ?? 0)
    const all = (await folders.list(id)).filter(
      (folder) =>
        folder.isTrash === query.is_trash &&
        (query.parent_id === undefined || folder.parentId === query.parent_id) &&
        (query.name_filter === undefined || folder.name.toLowerCase().includes(query.name_filter.toLowerCase())),
    )
    const token = start + limit < all.length && limit > 0 ? String(start + limit) : null
    const page = all.slice(start, start + limit)
    return v2({ folders: page.map((each) => folderAnswer(each, username)), token, total: all.length })
  })
  app.post('/v1/folders/create', { config: { doc: { body: createSchema } } }, async (request) => {
    const asked = readHeygen(createSchema, request.body)
    const { id, name: username } = accountOf(request)
    const made = await folders.create(id, {
      name: asked.name,
      projectType: asked.project_type,
      parentId: asked.parent_id ?? null,
    })
    return v2(folderAnswer(made, username))
  })
  app.post<ById>('/v1/folders/:id', { config: { doc: { body: renameSchema } } }, async (request) => {
    const asked = readHeygen(renameSchema, request.body)
    const { id, name: username } = accountOf(request)
    return v2(folderAnswer(await folders.change(id, request.params.id, { name: asked.name }), username))
  })
  for (const [verb, isTrash] of [
    ['trash', true],
    ['restore', false],
  ] as const) {
    app.post<ById>(`/v1/folders/:id/${verb}`, async (request) => {
      const { id, name: username } = accountOf(request)
      return v2(folderAnswer(await folders.change(id, request.params.id, { isTrash }), username))
    })
  }
}

function folderAnswer(folder: Folder, username: string): Record<string, unknown> {
  return {
    id: folder.id,
    name: folder.name,
    parent_id: folder.parentId,
    project_type: folder.projectType,
    is_trash: folder.isTrash,
    created_ts: Math.floor(folder.createdAt / 1000),
    updated_ts: Math.floor(folder.updatedAt / 1000),
    direct_children_count: folder.childCount,
    creator_username: username,
  }
}
