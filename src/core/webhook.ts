// What is told to others when a video has ended: endpoints, deliveries and their attempts.
import type { ApiName } from './job.ts'

/** Somebody's address that wants to be told. Times are milliseconds since 1970. */
export type WebhookEndpoint = {
  readonly id: string
  readonly accountId: string
  /** Whose words, headers and signature it expects. */
  readonly api: ApiName
  readonly url: string
  /** Key of the signature, as a string, whole. */
  readonly secret: string
  readonly enabled: boolean
  /** Names of events in the API's words; null: all of them. */
  readonly events: readonly string[] | null
  readonly createdAt: number
}

/** `pending` is being tried; `delivered`, `failed` (never taken) and `dropped` (its endpoint has gone) are final. */
export type DeliveryStatus = 'pending' | 'delivered' | 'failed' | 'dropped'

/** One try to deliver. */
export type DeliveryAttempt = {
  /** From 1. */
  readonly number: number
  readonly startedAt: number
  /** How long the answer took; null while it is under way or where the process died over it. */
  readonly milliseconds: number | null
  /** HTTP status of the answer, or null where there was none. */
  readonly status: number | null
  /** Why it did not succeed, in words; null where it did. */
  readonly error: string | null
}

/** One event on its way to one address. */
export type Delivery = {
  readonly id: string
  readonly accountId: string
  /** null: the address of one request. */
  readonly endpointId: string | null
  readonly api: ApiName
  /** Of the video, the pictures, the avatar or the group that it tells of. */
  readonly subjectId: string
  /** The same for every attempt and every replay. */
  readonly eventId: string
  readonly event: string
  readonly url: string
  /** The very bytes that are sent, UTF-8. */
  readonly body: string
  readonly status: DeliveryStatus
  readonly attempts: number
  readonly createdAt: number
  readonly endedAt: number | null
}
