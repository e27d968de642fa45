// Peak memory of this process and everything it started, read from /proc (Linux).
import { readdirSync, readFileSync } from 'node:fs'

/** Watches until `stop()`, which gives the peak in bytes. Shared pages are counted once (proportional set size). */
export function watchMemory(everyMs = 150): { stop(): number } {
  let peak = 0
  const look = () => {
    peak = Math.max(peak, familySize())
  }
  const timer = setInterval(look, everyMs)
  look()
  return {
    stop() {
      clearInterval(timer)
      look()
      return peak
    },
  }
}

function familySize(): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // The process ended between the two reads.
    }
  }
  const family = new Set([process.pid])
  for (let grown = true; grown; ) {
    grown = false
    for (const [pid, parent] of parents) {
      if (family.has(parent) && !family.has(pid)) {
        family.add(pid)
        grown = true
      }
    }
  }
  let total = 0
  for (const pid of family) {
    try {
      const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
      total += Number(pss?.[1] ?? 0) * 1024
    } catch {
      // Ended meanwhile.
    }
  }
  return total
}
