// Rendered segments, kept by what decides their bytes: an equal one is never rendered twice.
import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan, Segment } from '../core/plan.ts'
import { segmentData } from '../domain/segments.ts'
import { fileAt } from './whole-file.ts'

/** Above this many bytes the longest unused segments go. */
const LIMIT_BYTES = 5 * 1024 ** 3
/** What was used within this many milliseconds stays: a running job may need it. */
const MIN_AGE_MS = 6 * 3600 * 1000

/** The name of a segment: a hash of all that decides its bytes. @param versions of everything that draws and encodes. */
export function segmentKey(plan: Plan, segment: Segment, versions: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(versions)).update(segmentData(plan, segment)).digest('hex')
}

/** Where a segment lies. */
export function segmentPath(cacheFolder: string, key: string): string {
  return join(cacheFolder, `${key}.mp4`)
}

/**
 * Removes the longest unused segments until the folder is below its limit.
 * @param now milliseconds since 1970.
 */
export async function trimSegments(
  cacheFolder: string,
  now: number,
  { limitBytes = LIMIT_BYTES, minAgeMs = MIN_AGE_MS } = {},
): Promise<void> {
  const names = await readdir(cacheFolder).catch(() => [])
  const files: { path: string; size: number; used: number }[] = []
  for (const name of names) {
    const path = join(cacheFolder, name)
    const found = await fileAt(path)
    if (found) files.push({ path, size: found.size, used: found.mtimeMs })
  }
  let total = files.reduce((sum, file) => sum + file.size, 0)
  for (const file of files.sort((a, b) => a.used - b.used)) {
    if (total <= limitBytes || now - file.used < minAgeMs) return
    await rm(file.path, { force: true })
    total -= file.size
  }
}
