// rostrum inspect: what is in a finished video, and how well its lips keep to its sound.
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { NotFound } from '../../core/errors.ts'
import { describeLife } from '../../domain/life/describe-life.ts'
import { describeSync } from '../../domain/sync/describe-sync.ts'
import type { Inspection } from '../../services/inspect.ts'
import { openProgress } from './progress.ts'

type Facts = Inspection['facts']

/** Adds the command. */
export function addInspect(program: Command): void {
  program
    .command('inspect')
    .description('report on a finished video')
    .argument('<file>', 'a video file')
    .option('--sync', 'measure lips, lids and head on the decoded frames, which takes about as long as the video lasts')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  rostrum inspect out.mp4 --sync')
    .action(async (file: string, { sync = false, json = false }: { sync?: boolean; json?: boolean }) => {
      const path = resolve(file)
      await access(path).catch(() => {
        throw new NotFound('file', file)
      })
      const { inspectSync } = await import('../../services/inspect.ts')
      const progress = openProgress()
      const found = await inspectSync(path, {
        sync,
        onProgress: (share) => progress.show(share, 'watching the face'),
      }).finally(() => progress.end())
      if (json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
      else {
        const reports = [
          describeFacts(found.facts),
          ...(found.sync ? [describeSync(found.sync)] : []),
          ...(found.life ? [describeLife(found.life)] : []),
        ]
        process.stdout.write(`${reports.join('\n\n')}\n`)
      }
    })
}

/** The facts of a video, a line each. */
export function describeFacts(facts: Facts): string {
  const { colour, audio } = facts
  const rate = facts.isConstantFrameRate ? 'constant' : 'variable'
  const apart = audio ? Math.abs(audio.durationSeconds - facts.durationSeconds) : 0
  const lines: [string, string][] = [
    [
      'picture',
      `${facts.width}x${facts.height}, ${round(facts.fps)} fps ${rate}, ${facts.frameCount} frames, ${round(facts.durationSeconds)} s`,
    ],
    ['video', `${facts.videoCodec} ${facts.profile}, ${facts.pixelFormat}`],
    ['colour', `${colour.primaries}/${colour.transfer}/${colour.matrix}, range ${colour.range}`],
    [
      'sound',
      audio
        ? `${audio.codec}, ${audio.sampleRate} Hz, ${audio.channels} channels, ${round(audio.durationSeconds)} s`
        : 'none',
    ],
    ...(audio ? [['lengths', `${Math.round(apart * 1000)} ms apart`] as [string, string]] : []),
    ['index', facts.faststart ? 'in front: plays while it loads' : 'at the end: plays once it is whole'],
  ]
  return lines.map(([name, text]) => `${name.padEnd(9)}${text}`).join('\n')
}

const round = (value: number) => Math.round(value * 100) / 100
