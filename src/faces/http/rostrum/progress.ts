// Progress of a video as server-sent events, from now until it ends.
import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Job } from '../../../core/job.ts'
import type { Services } from '../../../services/open.ts'
import { accountOf } from '../guard.ts'
import { idIn, progressAnswer } from './videos.ts'

/** How often the store is looked at for what other processes did, in milliseconds; also keeps proxies awake. */
const LOOK_MS = 2000

/** Adds GET v1/videos/{id}/events. */
export function progressRoutes(app: FastifyInstance, { jobs }: Services): void {
  app.get<{ Params: { id: string } }>('/v1/videos/:id/events', async (request, reply) => {
    const first = await jobs.get(accountOf(request).id, idIn(request.params.id))
    const stream = new PassThrough()
    let last = ''
    const close = () => {
      clearInterval(timer)
      stop()
      stream.end()
    }
    const tell = (job: Job) => {
      const data = JSON.stringify({ id: job.id, ...progressAnswer(job) })
      if (data !== last) stream.write(`event: progress\ndata: ${data}\n\n`)
      last = data
      if (job.endedAt !== null) close()
    }
    const stop = jobs.listen(({ type, job }) => {
      if (job.id !== first.id) return
      if (type === 'removed') {
        stream.write(`event: removed\ndata: ${JSON.stringify({ id: job.id })}\n\n`)
        return close()
      }
      tell(job)
    })
    const timer = setInterval(() => {
      jobs.find(first.id).then(
        (job) => {
          if (!job) return close()
          stream.write(': still here\n\n')
          tell(job)
        },
        () => close(),
      )
    }, LOOK_MS)
    request.raw.on('close', close)
    tell(first)
    reply.header('content-type', 'text/event-stream; charset=utf-8')
    reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no')
    return reply.send(stream)
  })
}
