// rostrum keys: makes, lists and ends API keys, in a running server or in a store that nobody holds.
import type { Command } from 'commander'
import { Invalid } from '../../core/errors.ts'
import type { KeyDialect } from '../../core/job.ts'
import type { KeyFacts } from '../../services/keys.ts'
import { type KeyAdmin, knockOnControl } from './control.ts'
import { readConfig } from './read-config.ts'
import { table } from './table.ts'

type CreateOptions = {
  name?: string
  account?: string
  dialect?: string
  expires?: string
  quota?: string
  json?: boolean
}

/** Adds the commands. */
export function addKeys(program: Command): void {
  const keys = program.command('keys').description('make, list and end API keys')
  keys
    .command('create')
    .description('make a key and print it, this once')
    .option('--name <name>', 'what it is for')
    .option('--account <account>', 'whose it is; accounts never see each other (default: owner)')
    .option('--dialect <dialect>', 'joggai or heygen: whose API it speaks where a path belongs to both')
    .option('--expires <when>', 'when it ends: 90d, 12h or a date such as 2027-01-31')
    .option('--quota <minutes>', 'how many minutes of video it may make (default: no end)')
    .option('--json', 'as JSON')
    .action(async (options: CreateOptions) => {
      const made = await withKeys((admin) =>
        admin.create({
          ...(options.name === undefined ? {} : { name: options.name }),
          ...(options.account === undefined ? {} : { accountId: options.account }),
          dialect: readDialect(options.dialect),
          expiresAt: readEnd(options.expires, Date.now()),
          quotaSeconds: options.quota === undefined ? null : readQuota('--quota', options.quota),
        }),
      )
      if (options.json) return void process.stdout.write(`${JSON.stringify(made, null, 2)}\n`)
      process.stdout.write(`${made.key}\n`)
      process.stderr.write(
        `Key ${made.id} of account ${made.accountId}. It is shown this once and kept only as a hash.\n`,
      )
    })
  keys
    .command('list')
    .description('list the keys, without the keys themselves')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const all = await withKeys((admin) => admin.list())
      if (options.json) return void process.stdout.write(`${JSON.stringify(all, null, 2)}\n`)
      const rows = all.map((key) => [
        key.id,
        key.name,
        key.accountId,
        key.dialect ?? 'any',
        day(key.createdAt),
        stateOf(key, Date.now()),
        minutes(key.usedSeconds),
        key.remainingSeconds === null ? 'no end' : minutes(key.remainingSeconds),
      ])
      process.stdout.write(
        `${table(['id', 'name', 'account', 'dialect', 'made', 'state', 'used min', 'left min'], rows)}\n`,
      )
    })
  keys
    .command('quota <id> <minutes>')
    .description('set how many minutes of video a key has left, or "none" for no end')
    .option('--json', 'as JSON')
    .action(async (id: string, text: string, options: { json?: boolean }) => {
      const key = await withKeys((admin) => admin.setQuota(id, readQuota('minutes', text)))
      const left = key.remainingSeconds === null ? 'no quota' : `${minutes(key.remainingSeconds)} minutes left`
      process.stdout.write(options.json ? `${JSON.stringify(key, null, 2)}\n` : `Key ${key.id} has ${left}.\n`)
    })
  keys
    .command('revoke <id>')
    .description('end a key at once')
    .option('--json', 'as JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const ended = await withKeys((admin) => admin.revoke(id))
      process.stdout.write(options.json ? `${JSON.stringify(ended, null, 2)}\n` : `Key ${ended.id} has ended.\n`)
    })
}

/** When a key ends, in milliseconds since 1970, or null for never. @throws Invalid */
export function readEnd(text: string | undefined, now: number): number | null {
  if (text === undefined) return null
  const span = /^(\d{1,6})([hd])$/.exec(text)
  if (span) return now + Number(span[1]) * (span[2] === 'h' ? 3_600_000 : 86_400_000)
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new Invalid('--expires', text, 'Say 90d, 12h, or a date such as 2027-01-31.')
  return time
}

/** Seconds of video in a text that names minutes, or null for "none". @throws Invalid */
export function readQuota(field: string, text: string): number | null {
  if (text.trim().toLowerCase() === 'none') return null
  const minutes = /^\d{1,9}(\.\d{1,3})?$/.test(text.trim()) ? Number(text) : Number.NaN
  if (Number.isNaN(minutes)) throw new Invalid(field, text, 'Say how many minutes, such as 90, or "none" for no end.')
  return minutes * 60
}

function readDialect(text: string | undefined): KeyDialect | null {
  if (text === undefined) return null
  if (text !== 'joggai' && text !== 'heygen') throw new Invalid('--dialect', text, 'Say joggai or heygen.')
  return text
}

function stateOf(key: KeyFacts, now: number): string {
  if (key.revokedAt !== null) return `revoked ${day(key.revokedAt)}`
  if (key.expiresAt === null) return 'valid'
  return `${key.expiresAt > now ? 'valid until' : 'ended'} ${day(key.expiresAt)}`
}

const minutes = (seconds: number) => (seconds / 60).toFixed(1)
const day = (time: number) => new Date(time).toISOString().slice(0, 10)

/** Through the door of the server that holds the store, or over the store itself where nobody does. */
async function withKeys<Output>(use: (admin: KeyAdmin) => Promise<Output>): Promise<Output> {
  const config = readConfig()
  const running = config.databaseUrl === null ? await knockOnControl(config.dataFolder) : null
  if (running) return use(running)
  const { openStore } = await import('../../services/database.ts')
  const { openKeys } = await import('../../services/keys.ts')
  const store = await openStore(config, Date.now)
  try {
    // No first key: the one that is asked for is the first.
    return await use(await openKeys(store, { apiKey: config.apiKey ?? 'none' }, Date.now))
  } finally {
    await store.close()
  }
}
