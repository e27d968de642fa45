// Takes away the work folders that a dead process left behind.
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Jobs } from './jobs.ts'

/** Removes the folders of videos that have ended, and those of command lines whose process has gone. */
export async function sweepWork(workFolder: string, jobs: Pick<Jobs, 'find'>): Promise<void> {
  for (const name of await readdir(workFolder).catch(() => [])) {
    const alone = /^alone-(\d+)-/.exec(name)
    const inUse = alone ? isAlive(Number(alone[1])) : (await jobs.find(name))?.endedAt === null
    if (!inUse) await rm(join(workFolder, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
