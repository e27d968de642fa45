// How many requests a key may send a minute: a window that slides, kept in this process.
import { RateLimited } from '../core/errors.ts'

/** How a key stands after a request. */
export type RateState = {
  readonly limit: number
  readonly remaining: number
  /** When the oldest request leaves the window, whole seconds since 1970. */
  readonly resetAt: number
}

/** The limit of one server. */
export type RateLimit = {
  /** How a key stands; null where there is no limit. */
  state(keyId: string): RateState | null
  /** Counts a request. @throws RateLimited */
  take(keyId: string): void
}

const WINDOW_MS = 60_000

/** @param perMinute 0 is no limit. @param now milliseconds since 1970. */
export function openRateLimit(perMinute: number, now: () => number): RateLimit {
  const taken = new Map<string, number[]>()
  const recent = (keyId: string) => {
    const from = now() - WINDOW_MS
    const times = (taken.get(keyId) ?? []).filter((time) => time > from)
    if (times.length === 0) taken.delete(keyId)
    else taken.set(keyId, times)
    return times
  }
  const ends = (times: readonly number[]) => (times[0] ?? now() - WINDOW_MS) + WINDOW_MS
  return {
    state(keyId) {
      if (perMinute === 0) return null
      const times = recent(keyId)
      return {
        limit: perMinute,
        remaining: Math.max(0, perMinute - times.length),
        resetAt: Math.ceil(ends(times) / 1000),
      }
    },
    take(keyId) {
      if (perMinute === 0) return
      const times = recent(keyId)
      if (times.length >= perMinute) {
        throw new RateLimited(perMinute, Math.max(1, Math.ceil((ends(times) - now()) / 1000)))
      }
      taken.set(keyId, [...times, now()])
    },
  }
}
