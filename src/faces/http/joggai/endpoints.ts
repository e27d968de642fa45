// JoggAI's webhook endpoints: what is asked and what is answered, the same in all generations.
import { z } from 'zod'
import type { WebhookEndpoint } from '../../../core/webhook.ts'
import { webAddress, word } from '../fields.ts'
import { EVENTS } from './notices.ts'

const url = webAddress('an address that begins with http:// or https://')
const status = word(['enabled', 'disabled']).optional()
const events = z
  .array(z.enum(EVENTS as [string, ...string[]], { error: 'the name of an event in GET /v2/events' }), {
    error: 'a list of events, such as ["generated_avatar_video_success"]',
  })
  .min(1, { error: 'at least one event of those in GET /v2/events' })

/** What adds an endpoint. */
export const endpointBody = z.object({ url, status, events })
/** What changes one. */
export const endpointChanges = z.object({ url: url.optional(), status, events: events.optional() })

/** An endpoint in JoggAI's words. */
export function endpointAnswer(endpoint: WebhookEndpoint, username: string): Record<string, unknown> {
  return {
    endpoint_id: endpoint.id,
    url: endpoint.url,
    secret: endpoint.secret,
    status: endpoint.enabled ? 'enabled' : 'disabled',
    events: endpoint.events ?? EVENTS,
    username,
    created_at: Math.floor(endpoint.createdAt / 1000),
  }
}
