// rostrum serve: API, worker and store in one process.
import type { Command } from 'commander'
import type { Config } from '../../core/config.ts'
import { jsonLog } from '../../services/log.ts'
import { EXIT } from './exit.ts'
import { readConfig, strangeVariables } from './read-config.ts'

/** However stuck something is, the process ends this long after it was asked to, in milliseconds. */
const DRAIN_MS = 9500

/** Adds the command. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('run the API, the worker and the store in one process')
    .option('--json', 'print the address and a fresh key as one line of JSON')
    .addHelpText(
      'after',
      '\nSettings are environment variables, see docs/settings.md:\n  PORT=9000 ROSTRUM_DATA=/srv/rostrum rostrum serve',
    )
    .action(async (options: { json?: boolean }) => {
      const config = readConfig()
      for (const name of strangeVariables())
        process.stderr.write(`rostrum: ${name} is no setting and changes nothing.\n`)
      const { startServer } = await import('./start-server.ts')
      const server = await startServer(config, jsonLog(Date.now))
      const { firstKey } = server.services.keys
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ address: server.address, key: firstKey })}\n`
          : greeting(server.address, config, firstKey),
      )
      endOnSignal(() => server.close())
    })
}

/** Ends this process in order at the first SIGTERM or SIGINT, and at once at the second. */
export function endOnSignal(close: () => Promise<void>): void {
  let ending = false
  const end = (signal: NodeJS.Signals) => {
    if (ending) process.exit(EXIT.interrupted)
    ending = true
    process.stderr.write(`rostrum: ${signal}: ending what is under way ...\n`)
    setTimeout(() => process.exit(EXIT.ok), DRAIN_MS).unref()
    close().then(
      () => process.exit(EXIT.ok),
      (error) => {
        process.stderr.write(`rostrum: could not end in order: ${error instanceof Error ? error.stack : error}\n`)
        process.exit(EXIT.internal)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** What a person reads at the start: the address, the key where it is fresh, and one request that works when pasted. */
export function greeting(
  address: string,
  config: Pick<Config, 'apiKey' | 'dataFolder'>,
  firstKey: string | null,
): string {
  const keyLine =
    firstKey !== null
      ? `Your API key, shown this once and kept only as a hash:\n\n  ${firstKey}`
      : config.apiKey !== null
        ? 'The API key is the one in ROSTRUM_API_KEY.'
        : `The API key is the one that the first start printed. Lost it? Start with ROSTRUM_API_KEY set to one of your own.`
  const key = firstKey ?? (config.apiKey === null ? 'YOUR_KEY' : '$ROSTRUM_API_KEY')
  return `Rostrum is at ${address} and keeps its data in ${config.dataFolder}.

${keyLine}

Paste this to make a video:

  curl -s ${address}/v2/create_video_from_avatar \\
    -H "x-api-key: ${key}" -H "content-type: application/json" \\
    -d '{"script": "Hello from my own machine.", "avatar_id": 127, "voice_id": "en-US-ChristopherNeural", "aspect_ratio": 0, "screen_style": 0}'

and this, with the video_id that it answers, until the status is "completed":

  curl -s ${address}/v2/avatar_video/VIDEO_ID -H "x-api-key: ${key}"

`
}
