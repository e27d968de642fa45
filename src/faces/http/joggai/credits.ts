// What is left of a key's quota, in JoggAI's credits.
import type { FastifyRequest } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { accountOf } from '../guard.ts'

/** One credit is two minutes of video (contract 9). */
const SECONDS_A_CREDIT = 120
/** A large number stands for "no limit": clients compare it with what a video would cost. */
const UNLIMITED = 1_000_000

/** Credits that the request's key has left, to two decimals, never more than there are. */
export async function creditsOf(request: FastifyRequest, { keys }: Services): Promise<number> {
  const seconds = await keys.remainingSeconds(accountOf(request).keyId)
  return seconds === null ? UNLIMITED : Math.floor((seconds / SECONDS_A_CREDIT) * 100) / 100
}
