// Who is told when a video or an avatar has ended: endpoints, deliveries in the queue, and a log of every attempt.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Config } from '../core/config.ts'
import { Fault, fullMessage, Invalid, NotFound } from '../core/errors.ts'
import type { ApiName, Job } from '../core/job.ts'
import type { Making, MakingName, MakingStatus } from '../core/own-avatar.ts'
import type { Delivery, DeliveryAttempt, WebhookEndpoint } from '../core/webhook.ts'
import type { Store, StoreTransaction, Tables } from './database.ts'
import type { Files } from './files.ts'
import type { Generations } from './generations.ts'
import type { Jobs } from './jobs.ts'
import type { Log } from './log.ts'
import { checkUrl, post } from './outbound.ts'
import type { OwnAvatars } from './own-avatars.ts'
import type { Queue } from './queue.ts'

/** An event in an API's words. */
export type Notice = { readonly event: string; readonly payload: (eventId: string) => unknown }

/** What links in notices are made of. */
export type NoticeLinks = {
  /** The address of a file, with an end. */
  readonly file: (fileKey: string) => string
  /** Signs the text of a link of another kind. */
  readonly sign: (text: string) => string
  /** What such a link begins with. */
  readonly base: string
}

/** How one API tells of videos, and of what was made beside them. */
export type NoticeWriter = {
  /** Everything that an ended video means in this API; the first is told to the request's own address. */
  write(job: Job, how: 'completed' | 'failed', linkOf: (fileKey: string) => string): readonly Notice[]
  /** Everything that pictures or an avatar mean in this API, now that they have ended. @param endedAt whole seconds since 1970. */
  writeMaking(making: Making, links: NoticeLinks, endedAt: number): readonly Notice[]
  /** Headers beside the content type. `sign` is the hex HMAC-SHA256 of the body's bytes, or null without a secret. */
  headers(delivery: Delivery, sign: string | null, sentAt: number): Readonly<Record<string, string>>
}

/** The APIs that can tell. */
export type NoticeWriters = Readonly<Partial<Record<ApiName, NoticeWriter>>>

/** What an endpoint is made from. */
export type EndpointRequest = {
  readonly accountId: string
  readonly api: ApiName
  readonly url: string
  /** null: all events. */
  readonly events: readonly string[] | null
  readonly enabled: boolean
  readonly secret: string
}

/** A delivery with its attempts, oldest first. */
export type DeliveryLog = Delivery & { readonly log: readonly DeliveryAttempt[] }

/** The webhooks of one store. */
export type Webhooks = {
  /** Oldest first. @param apis those whose endpoints are listed. */
  endpoints(accountId: string, apis: readonly ApiName[]): Promise<readonly WebhookEndpoint[]>
  /** @throws Fault `invalid` for an address that cannot be called, `conflict` where there are {@link MAX_ENDPOINTS}. */
  addEndpoint(request: EndpointRequest): Promise<WebhookEndpoint>
  /** The secret never changes. @throws NotFound */
  updateEndpoint(
    accountId: string,
    id: string,
    changes: Partial<Pick<WebhookEndpoint, 'url' | 'events' | 'enabled'>>,
  ): Promise<WebhookEndpoint>
  /** Deliveries that wait for it are dropped. @throws NotFound */
  removeEndpoint(accountId: string, id: string): Promise<void>
  /** Newest first. @param filter.limit 1 to 200, 50 where absent. */
  deliveries(accountId: string, filter?: { limit?: number; subjectId?: string }): Promise<readonly Delivery[]>
  /** @throws NotFound */
  delivery(accountId: string, id: string): Promise<DeliveryLog>
  /** Sends a delivery again: same bytes, same event id. @throws NotFound */
  replay(accountId: string, id: string): Promise<Delivery>
  /** Begins to tell. */
  start(writers: NoticeWriters): Promise<void>
}

/** How many endpoints an account may have. */
export const MAX_ENDPOINTS = 20
/** How long an address may take to answer that it is there, in milliseconds (HeyGen's own limit). */
const KNOCK_MS = 1000
/** How long an endpoint may take to answer, in milliseconds. */
const TIMEOUT_MS = 5000
/** How soon something that goes on is looked at again, in seconds. */
const RECHECK_SECONDS = 2
/** Waits after the first, second ... attempt that failed, in seconds: five hours in all. */
const RETRY_SECONDS: readonly number[] = [5, 10, 30, 120, 600, 3600, 14_400]

/** How deliveries are timed; tests are impatient. */
export type WebhookTimes = { readonly timeoutMs: number; readonly retrySeconds: readonly number[] }

/** What webhooks work with. */
export type WebhookParts = {
  readonly store: Store
  readonly queue: Queue
  readonly jobs: Jobs
  readonly ownAvatars: OwnAvatars
  readonly generations: Generations
  readonly files: Files
  readonly config: Pick<Config, 'allowPrivateUrls' | 'linkSeconds' | 'checkWebhooks'>
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly times?: WebhookTimes
}

/** Opens the webhooks; nothing is sent before {@link Webhooks.start}. */
export function openWebhooks(parts: WebhookParts): Webhooks {
  const { queue, jobs, ownAvatars, generations, files, config, log, now } = parts
  const { db } = parts.store
  const { timeoutMs, retrySeconds } = parts.times ?? { timeoutMs: TIMEOUT_MS, retrySeconds: RETRY_SECONDS }
  const laneOf = (url: string) => new URL(url).host
  const enqueue = (trx: StoreTransaction, to: { id: string; url: string }, tries: number, afterSeconds: number) =>
    queue.add(trx, 'deliver', [{ deliveryId: to.id, tries }], { lane: laneOf(to.url), afterSeconds })
  const findEndpoint = async (accountId: string, id: string) => {
    const row = await db
      .selectFrom('webhook_endpoints')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return row ? endpointOf(row) : null
  }
  const endpoint = async (accountId: string, id: string) => {
    const found = await findEndpoint(accountId, id)
    if (!found) throw new NotFound('webhook endpoint', id)
    return found
  }
  const delivery = async (accountId: string, id: string) => {
    const row = await db
      .selectFrom('deliveries')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    if (!row) throw new NotFound('delivery', id)
    return deliveryOf(row)
  }

  type Wanted = { notice: Notice; api: ApiName; url: string; endpointId: string | null }

  /** The account's endpoints that asked for one of the notices of their API. */
  const wantedBy = async (accountId: string, noticesOf: (api: ApiName) => readonly Notice[]): Promise<Wanted[]> => {
    const rows = await db.selectFrom('webhook_endpoints').selectAll().where('account_id', '=', accountId).execute()
    return rows.map(endpointOf).flatMap((to) =>
      !to.enabled
        ? []
        : noticesOf(to.api)
            .filter(({ event }) => to.events === null || to.events.includes(event))
            .map((notice) => ({ notice, api: to.api, url: to.url, endpointId: to.id })),
    )
  }
  const fileLink = (base: string) => {
    const expires = now() / 1000 + config.linkSeconds
    return (key: string) => `${base}${files.signedPath(key, expires)}`
  }

  /** Whether an address can be called; HeyGen's are asked whether they are there, where the operator wants it so. */
  const checkAddress = async (api: ApiName, url: string) => {
    checkUrl('url', url, config.allowPrivateUrls)
    if (!config.checkWebhooks || api !== 'heygen') return
    const knock = { url, method: 'OPTIONS', headers: {}, body: '', timeoutMs: KNOCK_MS } as const
    const answer = await post({ ...knock, allowPrivate: config.allowPrivateUrls }).then(String, fullMessage)
    if (/^[1-4]\d\d$/.test(answer)) return
    throw new Invalid('url', url, `It did not answer OPTIONS well: ${answer} Send the address of a running server.`)
  }

  /** Finds who wants to know of an ended video, and enters a delivery for each, once however often it runs. */
  const notify = async (writers: NoticeWriters, jobId: string, how: 'completed' | 'failed') => {
    const job = await jobs.find(jobId)
    if (!job) return
    const linkOf = fileLink(job.origin.linkBase)
    const noticesOf = (api: ApiName) => writers[api]?.write(job, how, linkOf) ?? []
    const wanted = await wantedBy(job.accountId, noticesOf)
    const { api, callbackUrl } = job.origin
    if (callbackUrl !== null) {
      wanted.push(
        ...noticesOf(api)
          .slice(0, 1)
          .map((notice) => ({ notice, api, url: callbackUrl, endpointId: null })),
      )
    }
    await enter(wanted, job, how)
  }

  /** The same for pictures and avatars; what goes on still is looked at again a little later. */
  const notifyMaking = async (writers: NoticeWriters, name: MakingName) => {
    const making = await makingOf(name).catch((error) => {
      if (error instanceof NotFound) return null
      throw error
    })
    if (!making) return
    const status = statusOf(making)
    if (status === 'pending') {
      await db.transaction().execute((trx) => queue.add(trx, 'notify', [name], { afterSeconds: RECHECK_SECONDS }))
      return
    }
    const { linkBase: base } = linkedOf(making)
    const endedAt = Math.floor(now() / 1000)
    const links: NoticeLinks = { file: fileLink(base), sign: files.sign, base }
    const wanted = await wantedBy(name.accountId, (api) => writers[api]?.writeMaking(making, links, endedAt) ?? [])
    await enter(wanted, name, `${name.making} ${status}`)
  }
  const makingOf = async ({ making: kind, accountId, id }: MakingName): Promise<Making | null> => {
    if (kind === 'pictures') return { kind, generation: await generations.get(accountId, id) }
    if (kind !== 'training') return { kind, avatar: await ownAvatars.get(accountId, id) }
    const looks = (await ownAvatars.list(accountId)).filter(({ groupId }) => groupId === id)
    return looks.length > 0 ? { kind, looks } : null
  }

  const enter = async (
    wanted: readonly Wanted[],
    { accountId, id: subjectId }: { readonly accountId: string; readonly id: string },
    how: string,
  ) => {
    if (wanted.length === 0) return
    await db.transaction().execute(async (trx) => {
      for (const { notice, api, url, endpointId } of wanted) {
        const eventId = `evt_${hash(subjectId, how, api, notice.event).slice(0, 24)}`
        const row = await trx
          .insertInto('deliveries')
          .values({
            id: hash(eventId, endpointId ?? url).slice(0, 32),
            account_id: accountId,
            endpoint_id: endpointId,
            api,
            job_id: subjectId,
            event_id: eventId,
            event: notice.event,
            url,
            body: JSON.stringify(notice.payload(eventId)),
            status: 'pending',
            created_at: now(),
            ended_at: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .executeTakeFirst()
        if (row) await enqueue(trx, row, 0, 0)
      }
    })
    queue.wake('deliver')
  }

  /** Makes one attempt; the next one is queued in the transaction that logs this one. */
  const deliver = async (writers: NoticeWriters, id: string, tries: number, signal: AbortSignal) => {
    const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst()
    if (row?.status !== 'pending') return
    const it = deliveryOf(row)
    const to = it.endpointId === null ? null : await findEndpoint(it.accountId, it.endpointId)
    const writer = writers[it.api]
    if (!writer || (it.endpointId !== null && !to?.enabled)) {
      await db.updateTable('deliveries').set({ status: 'dropped', ended_at: now() }).where('id', '=', id).execute()
      return
    }
    const { number, startedAt } = await db.transaction().execute(async (trx) => {
      const { attempts: number } = await trx
        .updateTable('deliveries')
        .set((of) => ({ attempts: of('attempts', '+', 1) }))
        .where('id', '=', id)
        .returning('attempts')
        .executeTakeFirstOrThrow()
      const startedAt = now()
      await trx.insertInto('delivery_attempts').values({ delivery_id: id, number, started_at: startedAt }).execute()
      return { number, startedAt }
    })
    const sign = to ? createHmacHex(to.secret, it.body) : null
    const begun = performance.now()
    let status: number | null = null
    let error: string | null = null
    try {
      const headers = { 'content-type': 'application/json', ...writer.headers(it, sign, startedAt) }
      const { url, body } = it
      status = await post({ url, headers, body, timeoutMs, allowPrivate: config.allowPrivateUrls, signal })
      if (status < 200 || status > 299) error = `The endpoint answered ${status}.`
    } catch (reason) {
      if (signal.aborted) throw reason
      error = fullMessage(reason)
    }
    const milliseconds = Math.round(performance.now() - begun)
    const wait = error === null ? undefined : retrySeconds[tries]
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('delivery_attempts')
        .set({ milliseconds, status, error })
        .where('delivery_id', '=', id)
        .where('number', '=', number)
        .execute()
      if (wait !== undefined) return enqueue(trx, it, tries + 1, wait)
      await trx
        .updateTable('deliveries')
        .set({ status: error === null ? 'delivered' : 'failed', ended_at: now() })
        .where('id', '=', id)
        .execute()
    })
    if (wait === 0) queue.wake('deliver')
    if (error !== null) {
      const rid = (await jobs.find(it.subjectId))?.origin.requestId
      log('warn', 'a webhook was not taken', { rid, deliveryId: id, eventId: it.eventId, url: it.url, number, error })
    }
  }

  return {
    async endpoints(accountId, apis) {
      const rows = await db
        .selectFrom('webhook_endpoints')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('api', 'in', [...apis])
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(endpointOf)
    },
    async addEndpoint({ accountId, api, url, events, enabled, secret }) {
      await checkAddress(api, url)
      const row = await db.transaction().execute(async (trx) => {
        // Two that are added at once take turns, so that neither slips past the other's count.
        await trx.selectFrom('accounts').select('id').where('id', '=', accountId).forUpdate().execute()
        const others = await trx
          .selectFrom('webhook_endpoints')
          .select('id')
          .where('account_id', '=', accountId)
          .execute()
        if (others.length >= MAX_ENDPOINTS) {
          throw new Fault('invalid', `There are ${MAX_ENDPOINTS} webhook endpoints already. Delete one first.`)
        }
        return trx
          .insertInto('webhook_endpoints')
          .values({
            id: randomBytes(16).toString('hex'),
            account_id: accountId,
            api,
            url,
            secret,
            enabled,
            events: JSON.stringify(events),
            created_at: now(),
          })
          .returningAll()
          .executeTakeFirstOrThrow()
      })
      return endpointOf(row)
    },
    async updateEndpoint(accountId, id, { url, events, enabled }) {
      const known = await endpoint(accountId, id)
      if (url !== undefined) await checkAddress(known.api, url)
      await db
        .updateTable('webhook_endpoints')
        .set({
          url: url ?? known.url,
          events: JSON.stringify(events === undefined ? known.events : events),
          enabled: enabled ?? known.enabled,
        })
        .where('id', '=', id)
        .execute()
      return endpoint(accountId, id)
    },
    async removeEndpoint(accountId, id) {
      await endpoint(accountId, id)
      await db.deleteFrom('webhook_endpoints').where('id', '=', id).execute()
    },
    async deliveries(accountId, { limit = 50, subjectId } = {}) {
      let query = db.selectFrom('deliveries').selectAll().where('account_id', '=', accountId)
      if (subjectId !== undefined) query = query.where('job_id', '=', subjectId)
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(Math.min(Math.max(limit, 1), 200))
        .execute()
      return rows.map(deliveryOf)
    },
    async delivery(accountId, id) {
      const it = await delivery(accountId, id)
      const rows = await db
        .selectFrom('delivery_attempts')
        .selectAll()
        .where('delivery_id', '=', id)
        .orderBy('number')
        .execute()
      const log = rows.map(({ number, started_at: startedAt, milliseconds, status, error }) => {
        return { number, startedAt, milliseconds, status, error }
      })
      return { ...it, log }
    },
    async replay(accountId, id) {
      const it = await delivery(accountId, id)
      await db.transaction().execute(async (trx) => {
        await trx.updateTable('deliveries').set({ status: 'pending', ended_at: null }).where('id', '=', id).execute()
        await enqueue(trx, it, 0, 0)
      })
      queue.wake('deliver')
      return delivery(accountId, id)
    },
    start: (writers) =>
      queue.workNotices({
        notify: (data) => ('making' in data ? notifyMaking(writers, data) : notify(writers, data.jobId, data.type)),
        deliver: ({ deliveryId, tries }, signal) => deliver(writers, deliveryId, tries, signal),
      }),
  }
}

function linkedOf(making: Making): { readonly linkBase: string } {
  if (making.kind === 'pictures') return making.generation
  return making.kind === 'training' ? making.looks[0]! : making.avatar
}

/** A group goes on while one of its looks does, and fails where all of them did. */
function statusOf(making: Making): MakingStatus {
  if (making.kind === 'pictures') return making.generation.status
  if (making.kind !== 'training') return making.avatar.status
  const all = new Set(making.looks.map(({ status }) => status))
  return all.has('pending') ? 'pending' : all.has('completed') ? 'completed' : 'failed'
}

function createHmacHex(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

function endpointOf(row: Selectable<Tables['webhook_endpoints']>): WebhookEndpoint {
  const { id, account_id: accountId, api, url, secret, enabled, events, created_at: createdAt } = row
  return { id, accountId, api, url, secret, enabled, events, createdAt }
}

function deliveryOf(row: Selectable<Tables['deliveries']>): Delivery {
  return {
    id: row.id,
    accountId: row.account_id,
    endpointId: row.endpoint_id,
    api: row.api,
    subjectId: row.job_id,
    eventId: row.event_id,
    event: row.event,
    url: row.url,
    body: row.body,
    status: row.status,
    attempts: row.attempts,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}
