// kill -9 of the whole server at ten random moments while a video is made: after each restart it is finished, once.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeDataFolder, startServer, until, type VideoAnswer, videoEnded } from '../test/kit.ts'
import { askFor } from './ask-for.ts'
import { scriptOf } from './script.ts'

const CRASHES = 10
/** Length of each video, in seconds. */
const SECONDS = 12

type Row = { readonly id: string; readonly killedAfter: number; readonly progress: number; file: string }

const folder = makeDataFolder()
const files = join(folder.path, 'files')
/** The finished videos and when each was written. */
const finished = (): Map<string, string> =>
  new Map(
    readdirSync(files)
      .filter((name) => name.endsWith('.mp4'))
      .map((name) => {
        const { size, mtimeMs, ino } = statSync(join(files, name))
        return [name.replace('.mp4', ''), `${size} ${mtimeMs} ${ino}`]
      }),
  )

let server = await startServer(folder.path, { ROSTRUM_WORKERS: '2' })
try {
  // How long a video takes here decides from when to when it can be hit.
  const first = await askFor(server, `Number 0. ${scriptOf(SECONDS)}`)
  await videoEnded(server, first, 600)
  const from = performance.now()
  const second = await askFor(server, `Number 00. ${scriptOf(SECONDS)}`)
  await videoEnded(server, second, 600)
  const whole = performance.now() - from

  const rows: Row[] = []
  for (let crash = 1; crash <= CRASHES; crash++) {
    const id = await askFor(server, `Number ${crash}. ${scriptOf(SECONDS)}`)
    const killedAfter = Math.random() * whole
    await wait(killedAfter)
    const before = (await server.get(`/v2/avatar_video/${id}`)).body.data as VideoAnswer & { progress: number }
    await server.stop('SIGKILL')
    server = await startServer(folder.path, { ROSTRUM_WORKERS: '2' })
    const video = await videoEnded(server, id, 600)
    if (video.status !== 'completed') throw new Error(`Video ${id} failed: ${video.error?.message}`)
    const file = await until('its file lies there', 10, async () => finished().get(id) ?? null)
    rows.push({ id, killedAfter, progress: before.progress, file })
  }
  const end = finished()
  const again = rows.filter(({ id, file }) => end.get(id) !== file)
  const strangers = [...end.keys()].filter((id) => ![first, second, ...rows.map((row) => row.id)].includes(id))
  console.log('| kill -9 after | at | then |\n|---|---|---|')
  for (const { killedAfter, progress } of rows) {
    console.log(`| ${(killedAfter / 1000).toFixed(2)} s | ${progress} % | completed |`)
  }
  console.log(
    `\n${rows.length} of ${CRASHES} completed, ${again.length} made twice, ${strangers.length} files too many.`,
  )
  if (again.length > 0 || strangers.length > 0) process.exitCode = 1
} finally {
  await server.stop('SIGKILL')
  folder.remove()
}
