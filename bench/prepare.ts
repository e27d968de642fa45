// How long a face takes to prepare, cold and cached: `node bench/prepare.ts [avatar or picture file]...`, each in a new process.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { loadRecipes } from '../src/engines/faces/recipes.ts'
import { decodeRig } from '../src/engines/faces/rig-file.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop, type Workshop } from '../src/services/open.ts'
import { watchMemory } from './memory.ts'
import { makePortrait, PORTRAITS } from './portraits.ts'
import { timed } from './timed.ts'

/** What is promised on two cores. */
const PROMISED = { avatar: 6, picture: 15, cachedMs: 50 }
const AVATARS = ['victor', 'nora', 'noor', 'kwame']
/** Ticks a second of /proc (sysconf(_SC_CLK_TCK)), the same on every Linux. */
const TICKS = 100

type Sitter = { readonly name: string } & ({ readonly avatarId: string } | { readonly picture: Uint8Array })

const folder = mkdtempSync(join(tmpdir(), 'rostrum-prepare-'))
const open = (name: string): Promise<Workshop> =>
  openWorkshop({ ...DEFAULT_CONFIG, dataFolder: join(folder, name), workers: 1 }, { log: silentLog })

try {
  const sitters = await sittersOf(process.argv.slice(2))
  console.log(
    `${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}, ${await drag()} times slower than alone`,
  )
  console.log(
    '| face | cold s | CPU s | peak MB | cached ms, same process | cached ms, new process |\n|---|---|---|---|---|---|',
  )
  for (const [index, sitter] of sitters.entries()) console.log(await measure(sitter, `cold-${index}`))
  console.log(
    `Promised: ${PROMISED.avatar} s for an avatar, ${PROMISED.picture} s for a picture, ${PROMISED.cachedMs} ms cached.`,
  )
  console.log(`load ${loadavg()[0]!.toFixed(1)}, ${await drag()} times slower than alone`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Those named; else some presenters and portraits of our own. */
async function sittersOf(named: readonly string[]): Promise<Sitter[]> {
  const ids = new Set((await loadRecipes()).map(({ id }) => id))
  const given = named.map(
    (name): Sitter =>
      ids.has(name) ? { name, avatarId: name } : { name: basename(name), picture: readFileSync(name) },
  )
  if (given.length > 0) return given
  const studio = await open('portraits')
  try {
    const portraits: Sitter[] = []
    for (const name of PORTRAITS) portraits.push({ name, picture: await makePortrait(studio.library, name) })
    return [...AVATARS.map((avatarId) => ({ name: avatarId, avatarId })), ...portraits]
  } finally {
    await studio.close()
  }
}

async function measure(sitter: Sitter, data: string): Promise<string> {
  const prepare = async (workshop: Workshop): Promise<string> => {
    if ('avatarId' in sitter) return (await workshop.library.rigFor(sitter.avatarId)).path
    return (await workshop.library.rigFor((await workshop.photos.add(sitter.picture)).id)).path
  }
  const use = (workshop: Workshop) => timed(async () => decodeRig(readFileSync(await prepare(workshop))))
  const workshop = await open(data)
  const before = childSeconds()
  const cold = await timed(() => prepare(workshop))
  const warm = await use(workshop)
  const again = await use(workshop)
  await workshop.close()
  const cpu = await cpuSince(before)
  const later = await open(data)
  const cached = await use(later)
  await later.close()
  const memory = await peakOf(prepare, `${data}-memory`)
  const same = Math.max(warm.seconds, again.seconds) * 1000
  return `| ${[sitter.name, cold.seconds.toFixed(2), cpu.toFixed(1), memory, same.toFixed(0), (cached.seconds * 1000).toFixed(0)].join(' | ')} |`
}

/** Looking at memory costs time: it is done in a run that nobody times. */
async function peakOf(prepare: (workshop: Workshop) => Promise<unknown>, data: string): Promise<string> {
  const workshop = await open(data)
  const memory = watchMemory()
  try {
    await prepare(workshop)
  } finally {
    memory.stop()
    await workshop.close()
  }
  return (memory.stop() / 2 ** 20).toFixed(0)
}

/** CPU seconds of this process's children that have ended. */
function childSeconds(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / TICKS
}

/** What ended children took, once all have ended. */
async function cpuSince(before: number): Promise<number> {
  const children = `/proc/self/task/${process.pid}/children`
  while (readFileSync(children, 'utf8').trim() !== '') await wait(50)
  return childSeconds() - before
}

/** How much longer work takes than its own CPU time: above 1.05 something else is running, and seconds say little. */
async function drag(): Promise<string> {
  const from = performance.now()
  const cpu = process.cpuUsage()
  let sum = 0
  while (performance.now() - from < 600) for (let i = 0; i < 1e5; i++) sum += Math.sqrt(i)
  const { user, system } = process.cpuUsage(cpu)
  return ((performance.now() - from) / ((user + system) / 1000) + 0 * sum).toFixed(2)
}
