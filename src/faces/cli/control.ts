// A door for the command line into a running server: the embedded store belongs to that process alone.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { Fault } from '../../core/errors.ts'
import type { KeyFacts, KeyRequest, Keys } from '../../services/keys.ts'
import type { Log } from '../../services/log.ts'
import { packError, unpackError } from '../../services/sent-error.ts'

/** What can be asked through the door, and what comes back. */
export type KeyAdmin = Pick<Keys, 'create' | 'list' | 'revoke' | 'setQuota'>

type Asked = { readonly name: keyof KeyAdmin; readonly input: unknown }

/** Where the door of a data folder is: a socket in it, or a named pipe on Windows. */
export function controlPath(dataFolder: string): string {
  const folder = resolve(dataFolder)
  if (process.platform !== 'win32') return join(folder, 'control.sock')
  return `\\\\.\\pipe\\rostrum-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
}

/** Opens the door; only this user may go through. A folder whose path is too long for a socket has none, says the log. */
export async function openControl(dataFolder: string, keys: KeyAdmin, log: Log): Promise<{ close(): Promise<void> }> {
  const path = controlPath(dataFolder)
  const server: Server = createServer(async (message, response) => {
    let answer: unknown
    try {
      const asked = JSON.parse(await text(message)) as Asked
      answer = { output: await perform(keys, asked) }
    } catch (error) {
      answer = { error: packError(error) }
    }
    response.end(JSON.stringify(answer))
  })
  await rm(path, { force: true }).catch(() => {})
  const before = process.umask(0o177)
  try {
    server.listen(path)
    await once(server, 'listening')
  } catch (error) {
    log('warn', 'keys cannot be managed while this server runs', { error })
  } finally {
    process.umask(before)
  }
  return {
    async close() {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** The keys of the server that runs over a data folder, or null where none runs. */
export async function knockOnControl(dataFolder: string): Promise<KeyAdmin | null> {
  const ask = <Output>(name: Asked['name'], input: unknown): Promise<Output> =>
    new Promise((done, fail) => {
      const sent = request({ socketPath: controlPath(dataFolder), method: 'POST', path: '/' }, async (response) => {
        const { output, error } = JSON.parse(await text(response))
        if (error) fail(unpackError(error))
        else done(output)
      })
      sent.on('error', fail)
      sent.end(JSON.stringify({ name, input } satisfies Asked))
    })
  try {
    await ask('list', null)
  } catch (error) {
    if (['ENOENT', 'ECONNREFUSED'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
  return {
    create: (input) => ask('create', input ?? {}),
    list: () => ask<readonly KeyFacts[]>('list', null),
    revoke: (id) => ask('revoke', id),
    setQuota: (id, remainingSeconds) => ask('setQuota', { id, remainingSeconds }),
  }
}

function perform(keys: KeyAdmin, { name, input }: Asked): Promise<unknown> {
  if (name === 'create') return keys.create(input as KeyRequest)
  if (name === 'revoke') return keys.revoke(String(input))
  if (name === 'list') return keys.list()
  if (name === 'setQuota') {
    const { id, remainingSeconds } = input as { id: string; remainingSeconds: number | null }
    return keys.setQuota(id, remainingSeconds)
  }
  throw new Fault('invalid', `The server has no ${name}.`)
}
