// The avatars that belong to an account: made of its pictures in the background, or chosen among people generated for it.
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Selectable } from 'kysely'
import { Fault, NotFound } from '../core/errors.ts'
import type { MakingName, OwnAvatar } from '../core/own-avatar.ts'
import { type Background, BROKEN } from './background.ts'
import type { Store, StoreTransaction, Tables } from './database.ts'
import type { Files } from './files.ts'
import { HEAD_BYTES, mediaTypeOf } from './media-type.ts'
import type { Photos } from './photos.ts'
import type { Queue } from './queue.ts'

/** What is said of a new avatar. */
export type OwnAvatarRequest = Partial<Pick<OwnAvatar, 'voiceId' | 'manner' | 'greeting' | 'linkBase'>> & {
  readonly name: string
  /** Absent: a group of its own. */
  readonly groupId?: string
  /** 32 hex digits for a request that may come again: the second time, the first avatar is the answer. */
  readonly id?: string
}

/** An avatar that can be seen in a video. */
export type ReadyAvatar = OwnAvatar & { readonly speakerId: string }

/** The avatars of the accounts of one store. */
export type OwnAvatars = {
  /**
   * Enters an avatar that is made of a picture from now on; {@link OwnAvatars.ready} waits for it.
   * @throws Fault `invalid` for bytes that are no picture, NotFound for a group that is none.
   */
  addPicture(accountId: string, bytes: Uint8Array, request: OwnAvatarRequest): Promise<OwnAvatar>
  /** The same of a film: the frame that shows its person best becomes its picture. */
  addFilm(accountId: string, bytes: Uint8Array, request: OwnAvatarRequest): Promise<OwnAvatar>
  /** Enters one of the people generated for the account. @param picture its file in the store, which is copied. */
  addPerson(
    accountId: string,
    person: { readonly speakerId: string; readonly fileKey: string },
    request: OwnAvatarRequest,
  ): Promise<OwnAvatar>
  /** Newest first. */
  list(accountId: string): Promise<readonly OwnAvatar[]>
  /** By id, or by number. @throws NotFound */
  get(accountId: string, id: string | number): Promise<OwnAvatar>
  /** Any account's; for those who were shown a signed address of it. @throws NotFound */
  find(id: string): Promise<OwnAvatar>
  /** Tells those who listen that a look moves, or that a group is trained, once all of it is made. */
  announce(name: MakingName): Promise<void>
  /** Goes on with what a process that has ended had not finished. */
  resume(): Promise<void>
  /** Waits until it can be used. @throws NotFound, Fault `invalid` that says why the picture cannot be used, or `unavailable`. */
  ready(accountId: string, id: string | number): Promise<ReadyAvatar>
  /**
   * Has every video from now on show it with `superResolution`.
   * @throws NotFound, Fault `invalid` for what is no photo: generated people are painted, not enlarged.
   */
  upscale(accountId: string, id: string): Promise<OwnAvatar>
  /** Forgets it and its picture; videos that were made with it stay. @throws NotFound */
  remove(accountId: string, id: string): Promise<void>
}

/** Why somebody cannot be upscaled. */
export const NO_PHOTO = 'People who were generated are painted in the size that is asked for.'

/** What it works with. */
export type OwnAvatarParts = {
  readonly store: Store
  readonly queue: Queue
  readonly files: Files
  readonly photos: Photos
  readonly background: Background
  /** Where pictures lie until they are whole. */
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Opens the avatars of a store. */
export function openOwnAvatars(parts: OwnAvatarParts): OwnAvatars {
  const { files, photos, background, folder, now, queue } = parts
  const { db } = parts.store
  const keep = async (bytes: Uint8Array, key: string) => {
    await mkdir(folder, { recursive: true })
    const path = join(folder, randomBytes(12).toString('hex'))
    await writeFile(path, bytes)
    await files.put(key, path)
  }
  const find = async (accountId: string, id: string | number) => {
    const query = db.selectFrom('own_avatars').selectAll().where('account_id', '=', accountId)
    const isNumber = typeof id === 'number' || /^\d{1,9}$/.test(id)
    const row = await (isNumber
      ? query.where('number', '=', Number(id))
      : query.where('id', '=', id)
    ).executeTakeFirst()
    return row ? avatarOf(row) : null
  }
  const get = async (accountId: string, id: string | number) => {
    const avatar = await find(accountId, id)
    if (!avatar) throw new NotFound('avatar of yours', id)
    return avatar
  }
  const checkGroup = async (accountId: string, groupId: string) => {
    const looks = db.selectFrom('own_avatars').select('id').where('account_id', '=', accountId)
    if (!(await looks.where('group_id', '=', groupId).executeTakeFirst())) throw new NotFound('avatar group', groupId)
  }
  const enter = async (
    accountId: string,
    { name, groupId, id = randomBytes(16).toString('hex'), ...rest }: OwnAvatarRequest,
    made: Pick<OwnAvatar, 'source' | 'speakerId'> & { bytes: Uint8Array; kind?: 'image' | 'video' },
  ) => {
    const known = await find(accountId, id)
    if (known) return known
    if (groupId !== undefined) await checkGroup(accountId, groupId)
    const type = mediaTypeOf(made.bytes.subarray(0, HEAD_BYTES))
    if (!type || type.kind !== (made.kind ?? 'image')) {
      throw new Fault('invalid', 'This is no picture that can be read. Send JPEG, PNG, WebP, AVIF or HEIC.', {
        field: 'image',
        reason: 'not-a-picture',
      })
    }
    const fileKey = `avatars/${id}.${type.extension}`
    await keep(made.bytes, fileKey)
    const row = await db.transaction().execute(async (trx) => {
      const row = await trx
        .insertInto('own_avatars')
        .values({
          id,
          account_id: accountId,
          group_id: groupId ?? id,
          name: name.replace(/\p{Cc}/gu, ' '),
          source: made.source,
          speaker_id: made.speakerId,
          file_key: fileKey,
          status: made.speakerId === null ? 'pending' : 'completed',
          failure: JSON.stringify(null),
          created_at: now(),
          link_base: rest.linkBase ?? '',
          voice_id: rest.voiceId ?? null,
          manner: JSON.stringify(rest.manner ?? null),
          greeting: rest.greeting ?? null,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      if (made.speakerId !== null) await tell(trx, { making: 'avatar', accountId, id })
      return row
    })
    queue.wake('notify')
    return avatarOf(row)
  }
  const tell = (trx: StoreTransaction, name: MakingName) => queue.add(trx, 'notify', [name])
  const end = async (id: string, values: { speaker_id: string } | { failure: string }) => {
    const status = 'failure' in values ? 'failed' : 'completed'
    await db.transaction().execute(async (trx) => {
      const row = await trx
        .updateTable('own_avatars')
        .set({ status, ...values })
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .returning('account_id')
        .executeTakeFirst()
      if (row) await tell(trx, { making: 'avatar', accountId: row.account_id, id })
    })
    queue.wake('notify')
  }
  /** The bytes of its picture; a film gives way to its best frame. */
  const pictureOf = async (avatar: OwnAvatar): Promise<Uint8Array> => {
    const given = await readFile((await files.openRead(avatar.fileKey)).path)
    const picture = await photos.pictureOf(given)
    if (picture === given) return given
    const fileKey = `avatars/${avatar.id}.png`
    await keep(picture, fileKey)
    await db.updateTable('own_avatars').set({ file_key: fileKey }).where('id', '=', avatar.id).execute()
    await files.remove(avatar.fileKey)
    return picture
  }
  /** Makes a pending one, wherever its making stood when the last process ended. */
  const make = (avatar: OwnAvatar): Promise<void> =>
    avatar.status !== 'pending'
      ? Promise.resolve()
      : background.run(
          `avatar ${avatar.id}`,
          async () => {
            const photo = await photos.add(await pictureOf(avatar), { name: avatar.name })
            await end(avatar.id, { speaker_id: photo.id })
          },
          (failure) => end(avatar.id, { failure: JSON.stringify(failure) }),
        )
  const look = (avatar: OwnAvatar): OwnAvatar => {
    make(avatar)
    return avatar
  }

  return {
    async addPicture(accountId, bytes, request) {
      return look(await enter(accountId, request, { bytes, source: 'photo', speakerId: null }))
    },
    async addFilm(accountId, bytes, request) {
      return look(await enter(accountId, request, { bytes, kind: 'video', source: 'photo', speakerId: null }))
    },
    async addPerson(accountId, { speakerId, fileKey }, request) {
      const bytes = await readFile((await files.openRead(fileKey)).path)
      return enter(accountId, request, { bytes, source: 'generated', speakerId })
    },
    async list(accountId) {
      const rows = await db
        .selectFrom('own_avatars')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('created_at', 'desc')
        .orderBy('number', 'desc')
        .execute()
      return rows.map((row) => look(avatarOf(row)))
    },
    async get(accountId, id) {
      return look(await get(accountId, id))
    },
    async find(id) {
      const row = await db.selectFrom('own_avatars').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) throw new NotFound('avatar', id)
      return look(avatarOf(row))
    },
    async announce(name) {
      await db.transaction().execute((trx) => tell(trx, name))
      queue.wake('notify')
    },
    async resume() {
      const rows = await db.selectFrom('own_avatars').selectAll().where('status', '=', 'pending').execute()
      for (const row of rows) look(avatarOf(row))
    },
    async ready(accountId, id) {
      await make(await get(accountId, id))
      const { speakerId, failure, ...rest } = await get(accountId, id)
      if (speakerId !== null) return { ...rest, failure, speakerId }
      if (failure === null || failure.reason === BROKEN.reason) {
        throw new Fault('unavailable', failure?.message ?? 'The server is closing. Please try again.')
      }
      const reason = failure.reason === null ? {} : { reason: failure.reason }
      throw new Fault('invalid', failure.message, { field: 'image', ...reason })
    },
    async upscale(accountId, id) {
      const { source, name } = await get(accountId, id)
      if (source !== 'photo') {
        throw new Fault('invalid', `${name} is no photo. ${NO_PHOTO}`, { field: 'id' })
      }
      const changed = db.updateTable('own_avatars').set({ upscaled: true }).where('id', '=', id)
      return look(avatarOf(await changed.where('account_id', '=', accountId).returningAll().executeTakeFirstOrThrow()))
    },
    async remove(accountId, id) {
      const { fileKey, speakerId } = await get(accountId, id)
      await db.deleteFrom('own_avatars').where('id', '=', id).where('account_id', '=', accountId).execute()
      await files.remove(fileKey)
      if (speakerId === null) return
      const other = await db
        .selectFrom('own_avatars')
        .select('id')
        .where('speaker_id', '=', speakerId)
        .executeTakeFirst()
      if (!other) await photos.remove(speakerId)
    },
  }
}

function avatarOf(row: Selectable<Tables['own_avatars']>): OwnAvatar {
  return {
    id: row.id,
    number: row.number,
    accountId: row.account_id,
    groupId: row.group_id,
    name: row.name,
    source: row.source,
    speakerId: row.speaker_id,
    fileKey: row.file_key,
    status: row.status,
    failure: row.failure,
    createdAt: row.created_at,
    voiceId: row.voice_id,
    manner: row.manner,
    greeting: row.greeting,
    isUpscaled: row.upscaled,
    linkBase: row.link_base,
  }
}
