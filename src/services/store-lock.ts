// One process at a time may open an embedded store; a dead owner's claim is taken over.
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { Fault } from '../core/errors.ts'

/** Who holds a store: a pid alone may be another process by now, so its start time goes with it. */
type Owner = { readonly pid: number; readonly started: string }

const heldHere = new Set<string>()

/**
 * Claims the lock file and returns its release.
 * @throws Fault `unavailable` where a living process holds it.
 */
export function lockStore(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true })
  if (heldHere.has(path)) throw inUse(path, process.pid)
  for (let attempt = 0; attempt < 10; attempt++) {
    if (claim(path)) {
      heldHere.add(path)
      return () => {
        if (heldHere.delete(path)) unlinkSync(path)
      }
    }
    const owner = readOwner(path)
    if (owner && isAlive(owner)) throw inUse(path, owner.pid)
    setAside(path, owner)
  }
  throw new Fault('unavailable', `The store's lock ${path} could not be taken. Start again in a moment.`)
}

// The file appears under its name only when it is whole, so that no reader meets half an owner.
function claim(path: string): boolean {
  const draft = `${path}.${process.pid}`
  const file = openSync(draft, 'w')
  writeSync(file, JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Owner))
  closeSync(file)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

// Of two processes that find the same stale lock, one renames it; the other may get a fresh one and gives it back.
function setAside(path: string, stale: Owner | null): void {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = readOwner(aside)
  if (moved && (moved.pid !== stale?.pid || moved.started !== stale.started)) renameSync(aside, path)
  else unlinkSync(aside)
}

function readOwner(path: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Partial<Owner>
    return typeof owner.pid === 'number' ? { pid: owner.pid, started: owner.started ?? '' } : null
  } catch {
    return null
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.pid === process.pid) return owner.started !== '' && owner.started === startOf(process.pid)
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const started = startOf(owner.pid)
  return started === '' || owner.started === '' || started === owner.started
}

// Clock ticks since boot at which a process started: field 22 of proc_pid_stat(5); '' where there is no /proc.
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function inUse(path: string, pid: number): Fault {
  return new Fault(
    'unavailable',
    `The store in ${dirname(path)} is in use by process ${pid}. Stop that one, choose another folder with ROSTRUM_DATA, or share a PostgreSQL through DATABASE_URL.`,
  )
}
