// The log of webhook deliveries, and sending one again.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Delivery } from '../../../core/webhook.ts'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read, text, wholeNumber } from '../fields.ts'
import { accountOf } from '../guard.ts'

const querySchema = z.object({
  limit: wholeNumber('a number from 1 to 200').optional(),
  video_id: text('the id of a video, of pictures, of an avatar or of a group').optional(),
})
type ById = { Params: { id: string } }

/** Adds v1/webhooks/deliveries, one of them, and its replay. */
export function deliveryRoutes(app: FastifyInstance, { webhooks }: Services): void {
  app.get('/v1/webhooks/deliveries', { config: { doc: { query: querySchema } } }, async (request) => {
    const { limit = 50, video_id: subjectId } = read(querySchema, fieldsOf(request.query))
    const filter = { limit, ...(subjectId === undefined ? {} : { subjectId }) }
    return { deliveries: (await webhooks.deliveries(accountOf(request).id, filter)).map(deliveryAnswer) }
  })
  app.get<ById>('/v1/webhooks/deliveries/:id', async (request) => {
    const delivery = await webhooks.delivery(accountOf(request).id, request.params.id)
    const log = delivery.log.map((attempt) => ({
      number: attempt.number,
      started_at: new Date(attempt.startedAt).toISOString(),
      milliseconds: attempt.milliseconds,
      status: attempt.status,
      error: attempt.error,
    }))
    return { ...deliveryAnswer(delivery), body: delivery.body, log }
  })
  app.post<ById>('/v1/webhooks/deliveries/:id/replay', async (request) =>
    deliveryAnswer(await webhooks.replay(accountOf(request).id, request.params.id)),
  )
}

function deliveryAnswer(delivery: Delivery): Record<string, unknown> {
  return {
    id: delivery.id,
    event_id: delivery.eventId,
    event: delivery.event,
    video_id: delivery.subjectId,
    endpoint_id: delivery.endpointId,
    url: delivery.url,
    status: delivery.status,
    attempts: delivery.attempts,
    created_at: new Date(delivery.createdAt).toISOString(),
    ended_at: delivery.endedAt === null ? null : new Date(delivery.endedAt).toISOString(),
  }
}
