// rostrum worker: takes jobs from a shared store without serving HTTP.
import type { Command } from 'commander'
import { Fault } from '../../core/errors.ts'
import { jsonLog } from '../../services/log.ts'
import { readConfig } from './read-config.ts'
import { endOnSignal } from './serve.ts'

/** Adds the command. */
export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('render the jobs of a shared store, beside a server elsewhere')
    .option('--json', 'report errors as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=postgres://user:password@db/rostrum ROSTRUM_DATA=/shared rostrum worker',
    )
    .action(async () => {
      const config = readConfig()
      if (config.databaseUrl === null) {
        throw new Fault(
          'invalid',
          'A worker shares a PostgreSQL store with a server. Set DATABASE_URL to its address, and ROSTRUM_DATA to a folder ' +
            'that both see. With the embedded store there is nothing to share: `rostrum serve` works its own queue.',
          { field: 'DATABASE_URL' },
        )
      }
      const { openServices } = await import('../../services/open.ts')
      const services = await openServices(config, { log: jsonLog(Date.now) })
      process.stdout.write(`A worker with ${config.workers} render processes takes jobs.\n`)
      endOnSignal(() => services.close())
    })
}
