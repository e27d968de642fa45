// JoggAI v2 webhook endpoints: list, add, change, delete; and the events there are.
import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { endpointAnswer, endpointBody, endpointChanges } from '../joggai/endpoints.ts'
import { success } from '../joggai/envelope.ts'
import { EVENTS } from '../joggai/notices.ts'

type ById = { Params: { id: string } }

/** Adds endpoints, endpoint, endpoint/{id} and events. */
export function webhookRoutes(app: FastifyInstance, { webhooks }: Services): void {
  app.get('/v2/events', async (request) => success(request, { events: EVENTS }))
  app.get('/v2/endpoints', async (request) => {
    const { id, name } = accountOf(request)
    const all = await webhooks.endpoints(id, ['joggai-v2', 'joggai-v1'])
    return success(request, { endpoints: all.map((each) => endpointAnswer(each, name)) })
  })
  app.post('/v2/endpoint', { config: { doc: { body: endpointBody } } }, async (request) => {
    const asked = read(endpointBody, fieldsOf(request.body))
    const { id, name } = accountOf(request)
    const secret = `whsec_${randomBytes(24).toString('hex')}`
    const made = await webhooks.addEndpoint({
      accountId: id,
      api: 'joggai-v2',
      url: asked.url,
      events: asked.events,
      enabled: asked.status !== 'disabled',
      secret,
    })
    return success(request, endpointAnswer(made, name))
  })
  app.put<ById>('/v2/endpoint/:id', { config: { doc: { body: endpointChanges } } }, async (request) => {
    const asked = read(endpointChanges, fieldsOf(request.body))
    const { id, name } = accountOf(request)
    const changed = await webhooks.updateEndpoint(id, request.params.id, {
      ...(asked.url === undefined ? {} : { url: asked.url }),
      ...(asked.events === undefined ? {} : { events: asked.events }),
      ...(asked.status === undefined ? {} : { enabled: asked.status === 'enabled' }),
    })
    return success(request, endpointAnswer(changed, name))
  })
  app.delete<ById>('/v2/endpoint/:id', async (request) => {
    await webhooks.removeEndpoint(accountOf(request).id, request.params.id)
    return success(request, { message: 'webhook deleted' })
  })
}
