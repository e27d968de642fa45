// A progress bar on stderr for people who watch; nothing where nobody does.

/** Shows how far long work is. */
export type Progress = {
  /** @param fraction 0 to 1. */
  show(fraction: number, what: string): void
  /** Takes the bar away. */
  end(): void
}

const WIDTH = 30
const REDRAW_MS = 80

/** A bar on a terminal; on anything else (a pipe, a log file) it writes nothing. */
export function openProgress(stream: NodeJS.WriteStream = process.stderr, now: () => number = Date.now): Progress {
  if (!stream.isTTY) return { show() {}, end() {} }
  const startedAt = now()
  let drawnAt = -Infinity
  let drawn = ''
  const write = (line: string) => {
    stream.write(`\r${line}\u001b[K`)
    drawn = line
  }
  return {
    show(fraction, what) {
      const done = Math.min(1, Math.max(0, fraction))
      if (now() - drawnAt < REDRAW_MS && done < 1) return
      drawnAt = now()
      const full = Math.round(done * WIDTH)
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
      const line = `${bar} ${String(Math.round(done * 100)).padStart(3)} %  ${seconds(now() - startedAt)}  ${what}`
      if (line !== drawn) write(line.slice(0, Math.max(20, (stream.columns ?? 80) - 1)))
    },
    end() {
      if (drawn !== '') write('')
    },
  }
}

/** `4.2 s` of milliseconds. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
