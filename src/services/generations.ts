// Requests for people who do not exist yet: remembered, made in the background, their pictures kept.
import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Selectable } from 'kysely'
import { Fault, NotFound } from '../core/errors.ts'
import type { GeneratedPicture, Generation } from '../core/own-avatar.ts'
import type { PersonRequest } from '../domain/generate/wishes.ts'
import type { Background } from './background.ts'
import type { Store, Tables } from './database.ts'
import type { Files } from './files.ts'
import type { Generate } from './generate.ts'
import { HEAD_BYTES, mediaTypeOf } from './media-type.ts'
import type { Queue } from './queue.ts'

/** How a request is entered. */
export type GenerationOptions = {
  /** 32 hex digits for a request that may come again. */
  readonly id?: string
  /** Sentences to begin with. */
  readonly notes?: readonly string[]
  /** A picture file: its person is who is wanted, before what the words of `background` say, or as the picture is. */
  readonly picture?: Uint8Array
  /** The id of somebody who was generated, whose looks are wanted. */
  readonly likeId?: string
  /** Base of links in notices about it. */
  readonly linkBase?: string
}

/** The generations of one store. */
export type Generations = {
  /**
   * Enters a request and begins to make four people. Without a seed its id is the seed.
   * @throws Fault `invalid` for a picture that is none.
   */
  begin(accountId: string, request: PersonRequest, options?: GenerationOptions): Promise<Generation>
  /** @throws NotFound */
  get(accountId: string, id: string): Promise<Generation>
  /** As {@link Generations.get}, once it has ended. */
  ended(accountId: string, id: string): Promise<Generation>
  /** Goes on with what a process that has ended had not finished. */
  resume(): Promise<void>
}

/** What it works with. */
export type GenerationParts = {
  readonly store: Store
  readonly queue: Queue
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
  queue,
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
    const row = await db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('generations')
        .set({ status, ...values })
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .returning(['account_id', 'picture_key'])
        .executeTakeFirst()
      if (row) await queue.add(trx, 'notify', [{ making: 'pictures', accountId: row.account_id, id }])
      return row
    })
    queue.wake('notify')
    if (row?.picture_key) await files.remove(row.picture_key)
  }
  const keep = async (id: string, bytes: Uint8Array) => {
    const type = mediaTypeOf(bytes.subarray(0, HEAD_BYTES))
    if (type?.kind !== 'image') {
      throw new Fault('invalid', 'This is no picture that can be read. Send JPEG, PNG, WebP, AVIF or HEIC.', {
        field: 'image_url',
        reason: 'not-a-picture',
      })
    }
    await mkdir(folder, { recursive: true })
    const draft = join(folder, randomBytes(12).toString('hex'))
    await writeFile(draft, bytes)
    const key = `generations/${id}-picture.${type.extension}`
    await files.put(key, draft)
    return key
  }
  const optionsOf = async ({ picture_key: key, like_id: likeId, request }: Row) => {
    if (likeId !== null) return { likeId }
    if (key === null) return {}
    const photo = await readFile((await files.openRead(key)).path)
    return request.background ? { photo } : { photo, isKept: true }
  }
  const make = (row: Row): Promise<void> =>
    row.status !== 'pending'
      ? Promise.resolve()
      : background.run(
          `generation ${row.id}`,
          async () => {
            const { people, notes } = await generate(row.request, await optionsOf(row))
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
    async begin(accountId, request, options = {}) {
      const { id = randomBytes(16).toString('hex'), notes = [], picture, likeId, linkBase = '' } = options
      const known = await find(accountId, id)
      if (known) return look(known)
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
          link_base: linkBase,
          picture_key: picture ? await keep(id, picture) : null,
          like_id: likeId ?? null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return look(await get(accountId, id))
    },
    async get(accountId, id) {
      return look(await get(accountId, id))
    },
    async resume() {
      const rows = await db.selectFrom('generations').selectAll().where('status', '=', 'pending').execute()
      for (const row of rows) look(row)
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
  link_base: linkBase,
}: Row): Generation {
  return { id, accountId, status, failure, people, notes, createdAt, linkBase }
}
