// Folders that an account sorts its videos and assets into.
import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import { NotFound } from '../core/errors.ts'
import type { Store, Tables } from './database.ts'

/** A folder. Times are milliseconds since 1970. */
export type Folder = {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly projectType: string
  readonly isTrash: boolean
  /** How many folders lie directly in it. */
  readonly childCount: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** The folders of one store. */
export type Folders = {
  /** Newest first. */
  list(accountId: string): Promise<readonly Folder[]>
  /** @throws NotFound for a parent that is none. */
  create(accountId: string, request: { name: string; projectType: string; parentId: string | null }): Promise<Folder>
  /** @throws NotFound */
  change(accountId: string, id: string, changes: { name?: string; isTrash?: boolean }): Promise<Folder>
}

/** @param now milliseconds since 1970. */
export function openFolders({ db }: Store, now: () => number): Folders {
  const list = async (accountId: string) => {
    const rows = await db
      .selectFrom('folders')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute()
    return rows.map((row) => folderOf(row, rows.filter(({ parent_id }) => parent_id === row.id).length))
  }
  const get = async (accountId: string, id: string) => {
    const found = (await list(accountId)).find((folder) => folder.id === id)
    if (!found) throw new NotFound('folder', id)
    return found
  }
  return {
    list,
    async create(accountId, { name, projectType, parentId }) {
      if (parentId !== null) await get(accountId, parentId)
      const row = await db
        .insertInto('folders')
        .values({
          id: randomBytes(16).toString('hex'),
          account_id: accountId,
          name,
          parent_id: parentId,
          project_type: projectType,
          created_at: now(),
          updated_at: now(),
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return folderOf(row, 0)
    },
    async change(accountId, id, { name, isTrash }) {
      const known = await get(accountId, id)
      await db
        .updateTable('folders')
        .set({ name: name ?? known.name, is_trash: isTrash ?? known.isTrash, updated_at: now() })
        .where('id', '=', id)
        .execute()
      return get(accountId, id)
    },
  }
}

function folderOf(row: Selectable<Tables['folders']>, childCount: number): Folder {
  return {
    id: row.id,
    name: row.name,
    parentId: row.parent_id,
    projectType: row.project_type,
    isTrash: row.is_trash,
    childCount,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
