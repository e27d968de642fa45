// Rostrum's own API, route by route.
import { is, type Shape } from './shape.ts'
import { NOTHING, type Table } from './world.ts'

const refusal = (kind: string, message: RegExp, field?: string): Shape => ({
  error: { kind, message, ...(field ? { field } : {}), request_id: is.hex },
})
const GONE = { status: 404, is: refusal('not-found', /^There is no /) }
const LINK = /^http:\/\/127\.0\.0\.1:\d+\/files\//
const VIDEO = {
  id: is.hex,
  name: is.filled,
  status: /^(pending|processing|completed|failed|cancelled)$/,
  stage: /^(queued|preparing|rendering|joining|done)$/,
  progress: is.int,
  failure: is.orNull(is.filled),
  api: is.filled,
  width: is.int,
  height: is.int,
  fps: is.int,
  scene_count: is.int,
  created_at: /Z$/,
  started_at: is.orNull(/Z$/),
  ended_at: is.orNull(/Z$/),
  video_url: is.orNull(LINK),
  cover_url: is.orNull(LINK),
  duration: is.orNull(is.number),
  byte_count: is.orNull(is.int),
  callback_id: is.orNull(is.filled),
  notes: is.list(is.filled),
  files: is.list({
    type: is.filled,
    kind: is.filled,
    captions: is.flag,
    width: is.orNull(is.int),
    height: is.orNull(is.int),
    url: LINK,
  }),
}
const DELIVERY = {
  id: is.hex,
  event_id: /^evt_/,
  event: is.filled,
  video_id: is.hex,
  endpoint_id: is.orNull(is.hex),
  url: is.url,
  status: /^(pending|delivered|failed|dropped)$/,
  attempts: is.int,
  created_at: /Z$/,
  ended_at: is.orNull(/Z$/),
}
const ATTEMPT = {
  number: is.int,
  started_at: /Z$/,
  milliseconds: is.orNull(is.int),
  status: is.orNull(is.int),
  error: is.orNull(is.filled),
}

export const ROSTRUM: Table = {
  'GET /v1/videos': async (world) => {
    await world.doneVideo()
    return {
      other: { is: { videos: [] } },
      unknown: { query: `before=${NOTHING}`, ...GONE },
      bad: { query: 'limit=many', status: 400, is: refusal('invalid', /^limit: "many" cannot be used/, 'limit') },
      ok: { is: { videos: is.some(VIDEO) } },
    }
  },
  'GET /v1/videos/{id}': async (world) => {
    const path = `/v1/videos/${await world.doneVideo()}`
    return {
      other: { path, ...GONE },
      unknown: { path: `/v1/videos/${NOTHING}`, ...GONE },
      bad: { path: '/v1/videos/x', ...GONE },
      ok: { path, is: { ...VIDEO, status: 'completed', progress: 100, video_url: LINK, duration: 4.2, byte_count: 3 } },
    }
  },
  'GET /v1/videos/{id}/events': async (world) => {
    const path = `/v1/videos/${await world.doneVideo()}/events`
    return {
      other: { path, ...GONE },
      unknown: { path: `/v1/videos/${NOTHING}/events`, ...GONE },
      bad: { path: '/v1/videos/x/events', ...GONE },
      ok: {
        path,
        is: /^event: progress\ndata: \{"id":"[0-9a-f]{32}","status":"completed","stage":"done","progress":100,"failure":null\}\n\n$/,
      },
    }
  },
  'POST /v1/videos/{id}/cancel': async (world) => {
    const path = `/v1/videos/${await world.video()}/cancel`
    return {
      other: { path, ...GONE },
      unknown: { path: `/v1/videos/${NOTHING}/cancel`, ...GONE },
      bad: { path: '/v1/videos/x/cancel', ...GONE },
      ok: { path, is: { ...VIDEO, status: 'cancelled', failure: 'The video was cancelled.' } },
    }
  },
  'DELETE /v1/videos/{id}': async (world) => {
    const path = `/v1/videos/${await world.video()}`
    return {
      other: { path, ...GONE },
      unknown: { path: `/v1/videos/${NOTHING}`, ...GONE },
      bad: { path: '/v1/videos/x', ...GONE },
      ok: { path, is: { id: is.hex, deleted: true } },
    }
  },
  'GET /v1/webhooks/deliveries': async (world) => {
    await world.delivery()
    return {
      other: { is: { deliveries: [] } },
      unknown: { query: `video_id=${NOTHING}`, is: { deliveries: [] } },
      bad: { query: 'limit=x', status: 400, is: refusal('invalid', /^limit: "x"/, 'limit') },
      ok: { is: { deliveries: is.some(DELIVERY) } },
    }
  },
  'GET /v1/webhooks/deliveries/{id}': async (world) => {
    const path = `/v1/webhooks/deliveries/${await world.delivery()}`
    return {
      other: { path, ...GONE },
      unknown: { path: `/v1/webhooks/deliveries/${NOTHING}`, ...GONE },
      bad: { path: '/v1/webhooks/deliveries/x', ...GONE },
      ok: { path, is: { ...DELIVERY, body: is.filled, log: is.list(ATTEMPT) } },
    }
  },
  'POST /v1/webhooks/deliveries/{id}/replay': async (world) => {
    const path = `/v1/webhooks/deliveries/${await world.delivery()}/replay`
    return {
      other: { path, ...GONE },
      unknown: { path: `/v1/webhooks/deliveries/${NOTHING}/replay`, ...GONE },
      bad: { path: '/v1/webhooks/deliveries/x/replay', ...GONE },
      ok: { path, is: { ...DELIVERY, status: 'pending', ended_at: null } },
    }
  },
}
