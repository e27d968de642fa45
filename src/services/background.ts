// Work that goes on after its request was answered. What was not finished begins again when somebody asks for it.
import { Fault, fullMessage } from '../core/errors.ts'
import type { MakingFailure } from '../core/own-avatar.ts'
import type { Log } from './log.ts'

/** Running work, by name. */
export type Background = {
  /**
   * Does a piece of work, or waits for the run of that name that is under way; it never throws.
   * @param onFailure is told why it failed; not where it was cut off by {@link Background.close}.
   */
  run(name: string, work: () => Promise<void>, onFailure: (failure: MakingFailure) => Promise<void>): Promise<void>
  /** Begins no more work, and waits until what is under way has ended: end what it waits for first. */
  close(): Promise<void>
}

/** What users read of faults that are none of theirs. */
export const BROKEN: MakingFailure = { message: 'Something broke in the server. Please try again.', reason: 'internal' }

/** @param log hears what is not told to users. */
export function openBackground(log: Log): Background {
  const running = new Map<string, Promise<void>>()
  let isClosed = false
  const attempt = async (name: string, work: () => Promise<void>, onFailure: (why: MakingFailure) => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (isClosed) return
      const isUsers = error instanceof Fault && error.kind !== 'internal' && error.kind !== 'unavailable'
      log(isUsers ? 'info' : 'error', `${name} failed`, { error })
      await onFailure(isUsers ? { message: error.message, reason: error.reason ?? null } : BROKEN).catch((second) =>
        log('error', `${name}: its failure could not be kept`, { error: fullMessage(second) }),
      )
    } finally {
      running.delete(name)
    }
  }
  return {
    run(name, work, onFailure) {
      if (isClosed) return Promise.resolve()
      const known = running.get(name)
      if (known) return known
      const made = attempt(name, work, onFailure)
      running.set(name, made)
      return made
    },
    async close() {
      isClosed = true
      await Promise.all(running.values())
    },
  }
}
