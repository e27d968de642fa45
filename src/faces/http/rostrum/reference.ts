// Rostrum's own routes in words, in the order in which the reference page shows them.
import { z } from 'zod'
import { type Documents, hexId, link, madeFile, notes, percent, type Reference, seconds } from '../documented.ts'

const moment = z.iso.datetime()

const video = z.object({
  id: hexId,
  name: z.string(),
  status: z.enum(['pending', 'processing', 'completed', 'failed', 'cancelled']),
  stage: z.enum(['queued', 'preparing', 'rendering', 'joining', 'done']),
  progress: percent,
  failure: z.string().nullable().describe('Why it failed'),
  api: z.string().describe('The API that it was asked of'),
  width: z.int(),
  height: z.int(),
  fps: z.int(),
  scene_count: z.int(),
  created_at: moment,
  started_at: moment.nullable(),
  ended_at: moment.nullable(),
  video_url: link.nullable(),
  cover_url: link.nullable(),
  files: z.array(madeFile),
  duration: seconds.nullable(),
  byte_count: z.int().nullable(),
  callback_id: z.string().nullable(),
  notes,
})

const delivery = z.object({
  id: hexId,
  event_id: z.string().describe('The same for every attempt, and for every replay'),
  event: z.string(),
  video_id: hexId,
  endpoint_id: hexId.nullable(),
  url: link,
  status: z.enum(['pending', 'delivered', 'failed', 'dropped']),
  attempts: z.int(),
  created_at: moment,
  ended_at: moment.nullable(),
})

const attempt = z.object({
  number: z.int(),
  started_at: moment,
  milliseconds: z.int().nullable(),
  status: z.int().nullable().describe('What the endpoint answered; null where it did not'),
  error: z.string().nullable(),
})

const VIDEOS = 'Videos'
const DELIVERIES = 'Webhook deliveries'

const ROUTES: Reference = {
  'GET /v1/videos': {
    tag: VIDEOS,
    summary: 'List the videos',
    description: 'The account’s videos from all APIs, newest first.',
    answer: z.object({ videos: z.array(video) }),
  },
  'GET /v1/videos/{id}': {
    tag: VIDEOS,
    summary: 'See how a video stands',
    description: 'Its stage, its progress from 0 to 100, and when it is done, its files.',
    answer: video,
  },
  'GET /v1/videos/{id}/events': {
    tag: VIDEOS,
    summary: 'Follow a video',
    description: 'Server-sent events `progress` until the video ends.',
    answer: z.string(),
    answers: 'text/event-stream',
  },
  'POST /v1/videos/{id}/cancel': {
    tag: VIDEOS,
    summary: 'Stop a video',
    description: 'One that has ended stays as it is.',
    answer: video,
  },
  'DELETE /v1/videos/{id}': {
    tag: VIDEOS,
    summary: 'Delete a video and its files',
    description: 'One that is being made is stopped first.',
    answer: z.object({ id: hexId, deleted: z.literal(true) }),
  },
  'GET /v1/webhooks/deliveries': {
    tag: DELIVERIES,
    summary: 'List the deliveries',
    description: 'Newest first, to endpoints and to the addresses that requests named.',
    answer: z.object({ deliveries: z.array(delivery) }),
  },
  'GET /v1/webhooks/deliveries/{id}': {
    tag: DELIVERIES,
    summary: 'Look at a delivery',
    description: 'With its body and all attempts: when, how long, and what the endpoint answered.',
    answer: delivery.extend({ body: z.string(), log: z.array(attempt) }),
  },
  'POST /v1/webhooks/deliveries/{id}/replay': {
    tag: DELIVERIES,
    summary: 'Send a delivery again',
    description: 'The same bytes with the same event id.',
    answer: delivery,
  },
}

/** For the OpenAPI page. */
export const rostrumDocuments: Documents = {
  about: 'What the vendors’ APIs lack: videos of all of them, their progress, and the log of webhook deliveries.',
  routes: ROUTES,
  envelope: (answer) => answer,
  refusals({ method }) {
    const error = z.object({ kind: z.string(), message: z.string(), field: z.string().optional(), request_id: hexId })
    const said = (description: string) => ({ description, body: z.object({ error }) })
    return {
      400: said('Something in the request cannot be used'),
      401: said('No key, or none of this server'),
      404: said('Nothing of the account has this id'),
      ...(method === 'POST'
        ? {
            409: said('The Idempotency-Key was used with another body'),
            429: said('Too many requests a minute; Retry-After says when to come again'),
          }
        : {}),
      500: said('Something broke in the server; its log has the cause under the request’s id'),
      503: said('The server cannot do this now'),
    }
  },
}
