// rostrum inspect: what is in a finished video, and how well its lips keep to its sound.
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { NotFound } from '../../core/errors.ts'

/** Adds the command. */
export function addInspect(program: Command): void {
  program
    .command('inspect')
    .description('report on a finished video')
    .argument('<file>', 'a video file')
    .option('--sync', 'measure the lips on the decoded frames')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { sync?: boolean; json?: boolean }) => {
      const path = resolve(file)
      await access(path).catch(() => {
        throw new NotFound('file', file)
      })
      const { probe } = await import('../../engines/media/probe.ts')
      const facts = await probe(path)
      process.stdout.write(`${JSON.stringify(facts, null, options.json ? 0 : 2)}\n`)
    })
}
