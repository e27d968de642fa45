// HeyGen webhook endpoints: add, list, change, delete; and the events there are.
import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Fault, NotFound } from '../../../core/errors.ts'
import type { WebhookEndpoint } from '../../../core/webhook.ts'
import type { Services } from '../../../services/open.ts'
import { webAddress } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { HeygenFault, v1 } from './envelope.ts'
import { readHeygen } from './generate-request.ts'
import { EVENTS } from './notices.ts'

const url = webAddress('an address that begins with http:// or https://')
const events = z
  .array(z.enum(EVENTS as [string, ...string[]], { error: 'the name of an event in GET /v1/webhook/webhook.list' }), {
    error: 'a list of events, such as ["avatar_video.success"]',
  })
  .optional()
const addSchema = z.object({ url, events })
const updateSchema = z.object({
  endpoint_id: z.string({ error: 'the endpoint_id, as a string' }),
  url: url.optional(),
  events,
})

const deleteSchema = z.object({ endpoint_id: z.string({ error: 'the endpoint_id, as a string' }) })

/** Adds webhook/endpoint.* and webhook.list. */
export function webhookRoutes(app: FastifyInstance, { webhooks }: Services): void {
  app.get('/v1/webhook/webhook.list', async () => v1(EVENTS))
  app.get('/v1/webhook/endpoint.list', async (request) => {
    const { id, name } = accountOf(request)
    return v1((await webhooks.endpoints(id, ['heygen'])).map((each) => endpointAnswer(each, name)))
  })
  app.post('/v1/webhook/endpoint.add', { config: { doc: { body: addSchema } } }, async (request) => {
    const asked = readHeygen(addSchema, request.body)
    const { id, name } = accountOf(request)
    const made = await withWords(() =>
      webhooks.addEndpoint({
        accountId: id,
        api: 'heygen',
        url: asked.url,
        events: asked.events?.length ? asked.events : null,
        enabled: true,
        secret: `whsec_${randomBytes(24).toString('hex')}`,
      }),
    )
    return v1(endpointAnswer(made, name))
  })
  app.patch('/v1/webhook/endpoint.update', { config: { doc: { body: updateSchema } } }, async (request) => {
    const asked = readHeygen(updateSchema, request.body)
    const { id, name } = accountOf(request)
    const changed = await withWords(() =>
      webhooks.updateEndpoint(id, asked.endpoint_id, {
        ...(asked.url === undefined ? {} : { url: asked.url }),
        ...(asked.events === undefined ? {} : { events: asked.events.length > 0 ? asked.events : null }),
      }),
    )
    return v1(endpointAnswer(changed, name))
  })
  app.delete<{ Querystring: Record<string, unknown> }>(
    '/v1/webhook/endpoint.delete',
    { config: { doc: { query: deleteSchema } } },
    async (request) => {
      const { endpoint_id: id } = readHeygen(deleteSchema, request.query)
      await withWords(() => webhooks.removeEndpoint(accountOf(request).id, id))
      return v1(null)
    },
  )
}

/** The service's faults under HeyGen's numbers. */
async function withWords<Output>(run: () => Promise<Output>): Promise<Output> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof NotFound) {
      throw new HeygenFault('Webhook endpoint not found', { word: 'not_found', code: 400131, status: 404 })
    }
    if (error instanceof Fault && error.field === 'url') {
      const words = `Url of this webhook endpoint is invalid. ${error.message}`
      throw new HeygenFault(words, { word: 'invalid_parameter', code: 400542, status: 400 })
    }
    throw error
  }
}

function endpointAnswer(endpoint: WebhookEndpoint, username: string): Record<string, unknown> {
  return {
    endpoint_id: endpoint.id,
    username,
    url: endpoint.url,
    status: endpoint.enabled ? 'enabled' : 'disabled',
    events: endpoint.events,
    secret: endpoint.secret,
    created_at: new Date(endpoint.createdAt).toISOString().replace('Z', '000'),
  }
}
