// Long work of a command: the workshop is opened and closed round it, a bar shows how far it is, and an interrupt stops it.
import type { Config } from '../../core/config.ts'
import { silentLog } from '../../services/log.ts'
import type { Workshop } from '../../services/open.ts'
import { EXIT } from './exit.ts'
import { openProgress, type Progress } from './progress.ts'

/** What work is done with. */
export type Tools = { readonly workshop: Workshop; readonly signal: AbortSignal; readonly progress: Progress }

/**
 * Works without a server. Where the work is interrupted (SIGINT, SIGTERM), the process is to end with
 * {@link EXIT}.interrupted.
 * @param work what it prints, it prints after `progress.end()`.
 * @throws whatever the work throws, unless it was interrupted.
 */
export async function inWorkshop(config: Config, work: (tools: Tools) => Promise<void>): Promise<void> {
  const { openWorkshop } = await import('../../services/open.ts')
  const workshop = await openWorkshop(config, { log: silentLog })
  const abort = new AbortController()
  const onSignal = () => abort.abort(new Error('interrupted'))
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const progress = openProgress()
  try {
    await work({ workshop, signal: abort.signal, progress })
  } catch (error) {
    progress.end()
    if (!abort.signal.aborted) throw error
    process.exitCode = EXIT.interrupted
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    await workshop.close()
  }
}
