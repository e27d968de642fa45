// JoggAI v1 webhook endpoints under two prefixes, in both shapes that clients read (contract U16).
import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebhookEndpoint } from '../../../core/webhook.ts'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { endpointAnswer, endpointBody, endpointChanges } from '../joggai/endpoints.ts'
import { success } from '../joggai/envelope.ts'
import { EVENTS } from '../joggai/notices.ts'

type ById = { Params: { id: string } }

/** Adds endpoint, endpoints and events. */
export function webhookRoutes(app: FastifyInstance, { webhooks }: Services): void {
  const both = (request: FastifyRequest, endpoint: WebhookEndpoint) => {
    const answer = endpointAnswer(endpoint, accountOf(request).email)
    return { ...answer, ...success(request, answer) }
  }
  for (const prefix of ['/v1', '/v1/webhook']) {
    const isPlain = prefix === '/v1/webhook'
    app.get(`${prefix}/events`, async (request) => success(request, isPlain ? EVENTS : { events: EVENTS }))
    app.get(`${prefix}/endpoints`, async (request) => {
      const { id, email } = accountOf(request)
      const all = (await webhooks.endpoints(id, ['joggai-v1', 'joggai-v2'])).map((each) => endpointAnswer(each, email))
      return success(request, isPlain ? all : { endpoints: all })
    })
    app.post(`${prefix}/endpoint`, { config: { doc: { body: endpointBody } } }, async (request) => {
      const asked = read(endpointBody, fieldsOf(request.body))
      const made = await webhooks.addEndpoint({
        accountId: accountOf(request).id,
        api: 'joggai-v1',
        url: asked.url,
        events: asked.events,
        enabled: asked.status !== 'disabled',
        secret: randomBytes(8).toString('hex'),
      })
      return both(request, made)
    })
    app.put<ById>(`${prefix}/endpoint/:id`, { config: { doc: { body: endpointChanges } } }, async (request) => {
      const { url, events, status } = read(endpointChanges, fieldsOf(request.body))
      const changed = await webhooks.updateEndpoint(accountOf(request).id, request.params.id, {
        ...(url === undefined ? {} : { url }),
        ...(events === undefined ? {} : { events }),
        ...(status === undefined ? {} : { enabled: status === 'enabled' }),
      })
      return both(request, changed)
    })
    app.delete<ById>(`${prefix}/endpoint/:id`, async (request) => {
      await webhooks.removeEndpoint(accountOf(request).id, request.params.id)
      return success(request, { message: 'webhook deleted' })
    })
  }
}
