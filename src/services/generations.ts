// Requests for people who do not exist yet: remembered, made in the background, their pictures kept.
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Selectable } from 'kysely'
import { NotFound } from '../core/errors.ts'
import type { GeneratedPicture, Generation } from '../core/own-avatar.ts'
import type { PersonRequest } from '../domain/generate/wishes.ts'
import type { Background } from './background.ts'
import type { Store, Tables } from './database.ts'
import type { Files } from './files.ts'
import type { Generate } from './generate.ts'

/** The generations of one store. */
export type Generations = {
  /**
   * Enters a request and begins to make four people. Without a seed its id is the seed.
   * @param options.id 32 hex digits for a request that may come again. @param options.notes sentences to begin with.
   */
  begin(
    accountId: string,
    request: PersonRequest,
    options?: { readonly id?: string; readonly notes?: readonly string[] },
  ): Promise<Generation>
  /** @throws NotFound */
  get(accountId: string, id: string): Promise<Generation>
  /** As {@link Generations.get}, once it has ended. */
  ended(accountId: string, id: string): Promise<Generation>
}

/** What it works with. */
export type GenerationParts = {
  readonly store: Store
  readonly files: Files
  readonly generate: Generate
  readonly background: Background
  /** Where pictures lie until they are whole. */
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Opens the generations of a store. */
export function openGenerations({
  store: { db },
  files,
  generate,
  background,
  folder,
  now,
}: GenerationParts): Generations {
  const find = async (accountId: string, id: string) => {
    const query = db.selectFrom('generations').selectAll().where('account_id', '=', accountId)
    return query.where('id', '=', id).executeTakeFirst()
  }
  const get = async (accountId: string, id: string) => {
    const row = await find(accountId, id)
    if (!row) throw new NotFound('generation', id)
    return row
  }
  const end = async (id: string, values: { people: string; notes: string } | { failure: string }) => {
    const status = 'failure' in values ? 'failed' : 'completed'
    await db
      .updateTable('generations')
      .set({ status, ...values })
      .where('id', '=', id)
      .execute()
  }
  const make = (row: Row): Promise<void> =>
    row.status !== 'pending'
      ? Promise.resolve()
      : background.run(
          `generation ${row.id}`,
          async () => {
            const { people, notes } = await generate(row.request)
            await mkdir(folder, { recursive: true })
            const kept: GeneratedPicture[] = []
            for (const [index, { avatar, coverPath }] of people.entries()) {
              const fileKey = `generations/${row.id}-${index}.jpg`
              const draft = join(folder, randomBytes(12).toString('hex'))
              await copyFile(coverPath, draft)
              await files.put(fileKey, draft)
              kept.push({ fileKey, speakerId: avatar.id })
            }
            await end(row.id, { people: JSON.stringify(kept), notes: JSON.stringify([...row.notes, ...notes]) })
          },
          (failure) => end(row.id, { failure: JSON.stringify(failure) }),
        )
  const look = (row: Row): Generation => {
    make(row)
    return generationOf(row)
  }
  return {
    async begin(accountId, request, { id = randomBytes(16).toString('hex'), notes = [] } = {}) {
      const seed = request.seed ?? Number.parseInt(id.slice(0, 8), 16)
      await db
        .insertInto('generations')
        .values({
          id,
          account_id: accountId,
          request: JSON.stringify({ ...request, seed }),
          status: 'pending',
          failure: JSON.stringify(null),
          people: JSON.stringify([]),
          notes: JSON.stringify(notes),
          created_at: now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return look(await get(accountId, id))
    },
    async get(accountId, id) {
      return look(await get(accountId, id))
    },
    async ended(accountId, id) {
      await make(await get(accountId, id))
      return generationOf(await get(accountId, id))
    },
  }
}

type Row = Selectable<Tables['generations']>

function generationOf({
  id,
  account_id: accountId,
  status,
  failure,
  people,
  notes,
  created_at: createdAt,
}: Row): Generation {
  return { id, accountId, status, failure, people, notes, createdAt }
}
