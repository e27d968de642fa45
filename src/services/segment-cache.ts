// Rendered segments, kept by what decides their bytes: an equal one is never rendered twice.
import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan, Segment } from '../core/plan.ts'
import { segmentData } from '../domain/segments.ts'
import type { Product } from '../domain/takes.ts'
import { fileAt } from './whole-file.ts'

/** Above this many bytes the longest unused segments go. */
const LIMIT_BYTES = 5 * 1024 ** 3
/** What was used within this many milliseconds stays: a running job may need it. */
const MIN_AGE_MS = 6 * 3600 * 1000

/**
 * The name of a segment's file: a hash of all that decides its bytes, and the container.
 * @param versions of everything that draws and encodes.
 */
export function segmentFile(
  plan: Plan,
  segment: Segment,
  { format, captions }: Pick<Product, 'format' | 'captions'>,
  versions: readonly string[],
): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(versions))
    .update(segmentData(plan, segment, captions))
  return `${hash.digest('hex')}.${format}`
}

/** Where a segment lies. */
export function segmentPath(cacheFolder: string, file: string): string {
  return join(cacheFolder, file)
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
