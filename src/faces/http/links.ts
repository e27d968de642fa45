// Where links in answers point to.
import type { FastifyRequest } from 'fastify'
import type { Config } from '../../core/config.ts'

/** The base of links, without a final slash: the operator's public address, or the address this request came to. */
export function linkBase(request: FastifyRequest, config: Pick<Config, 'publicUrl'>): string {
  return (config.publicUrl ?? `${request.protocol}://${request.host}`).replace(/\/+$/, '')
}
