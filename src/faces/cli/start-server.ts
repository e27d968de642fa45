// The whole server in this process: services, worker and HTTP door, opened and closed in order.
import type { Config } from '../../core/config.ts'
import { Fault } from '../../core/errors.ts'
import type { Log } from '../../services/log.ts'
import { openServices, type Services } from '../../services/open.ts'
import { NOTICE_WRITERS } from '../http/notice-writers.ts'
import { buildServer } from '../http/server.ts'
import { openControl } from './control.ts'
import { VERSION } from './version.ts'

/** A running server. */
export type RunningServer = {
  /** `http://127.0.0.1:8730`: an address that this machine can call. */
  readonly address: string
  readonly services: Services
  /** Takes no more requests, lets running ones end for a moment, ends or returns the work under way. */
  close(): Promise<void>
}

/** How long answers under way (a download, say) may take once the server closes, in milliseconds. */
const ANSWER_MS = 1500
/** How long segments under way may take before they are put back, in milliseconds. */
const GRACE_MS = 5500

/** @throws Fault `unavailable` where the port is taken or the address is not this machine's. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  const services = await openServices(config, { log, notices: NOTICE_WRITERS })
  const app = buildServer(services, { version: VERSION, log })
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (cause) {
    await app.close()
    await services.close()
    throw listenFault(config, cause)
  }
  const control = services.storeKind === 'embedded' ? await openControl(config.dataFolder, services.keys, log) : null
  const { port } = app.server.address() as { port: number }
  const name = ['0.0.0.0', '::', '[::]'].includes(config.host) ? 'localhost' : config.host
  return {
    address: `http://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`,
    services,
    async close() {
      await control?.close()
      const cut = setTimeout(() => app.server.closeAllConnections(), ANSWER_MS)
      await app.close()
      clearTimeout(cut)
      await services.close({ graceMs: GRACE_MS })
    },
  }
}

function listenFault(config: Config, cause: unknown): Fault {
  const code = (cause as NodeJS.ErrnoException).code
  const at = `${config.host}:${config.port}`
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: `Something else listens on ${at} already. Set PORT to another port (0 lets the system choose one).`,
    EACCES: `This user may not listen on ${at}. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${config.host} is no address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `${config.host} is no name that this machine knows. Set HOST to 127.0.0.1 or 0.0.0.0.`,
  }
  return new Fault('unavailable', words[code ?? ''] ?? `The server cannot listen on ${at}.`, { cause })
}
