// How long a create call takes while two videos render: a real server, 60 calls, one after another.
import { setTimeout as wait } from 'node:timers/promises'
import { makeDataFolder, startServer, until } from '../test/kit.ts'
import { askFor } from './ask-for.ts'
import { scriptOf } from './script.ts'

const CALLS = 60
/** Between calls, in milliseconds. */
const PAUSE_MS = 100
/** What the answer may take at most, in milliseconds. */
const LIMIT_MS = 50
/** Preparing ends at 10 % of a video. */
const RENDERING = 11

const folder = makeDataFolder()
const server = await startServer(folder.path, { ROSTRUM_WORKERS: '2' })
try {
  const ids = [await askFor(server, scriptOf(120)), await askFor(server, scriptOf(110))]
  await until('both videos render', 300, async () => {
    const videos = await Promise.all(ids.map((id) => server.get(`/v2/avatar_video/${id}`)))
    return videos.every(({ body }) => (body.data as { progress: number }).progress >= RENDERING) || null
  })
  const times: number[] = []
  for (let call = 0; call < CALLS; call++) {
    const from = performance.now()
    await askFor(server, `Number ${call + 1}.`)
    times.push(performance.now() - from)
    await wait(PAUSE_MS)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(CALLS - 1, Math.floor(share * CALLS))]!.toFixed(1)
  console.log(`| create call while two videos render | ms |\n|---|---|`)
  console.log(`| half of ${CALLS} within | ${at(0.5)} |\n| 95 % within | ${at(0.95)} |\n| longest | ${at(1)} |`)
  if (!(sorted.at(-1)! < LIMIT_MS)) {
    console.error(`Too long: ${times.map((time) => time.toFixed(0)).join(' ')}`)
    process.exitCode = 1
  }
} finally {
  await server.stop('SIGKILL')
  folder.remove()
}
