// 10,000 generated bodies over all POST routes of a server that renders nothing; prints what is wrong, and ends with 1.
// node bench/fuzz.ts [count] [seed]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { buildServer } from '../src/faces/http/server.ts'
import { silentLog } from '../src/services/log.ts'
import { openServices } from '../src/services/open.ts'
import { complaintAbout, findTargets, requests } from '../test/fuzz-kit.ts'

const [count = '10000', seed = '1'] = process.argv.slice(2)
const KEY = 'a-key-for-fuzzing'
const dataFolder = await mkdtemp(join(tmpdir(), 'rostrum-fuzz-'))
const services = await openServices({ ...DEFAULT_CONFIG, dataFolder, apiKey: KEY }, { work: false, log: silentLog })
const app = buildServer(services, { version: 'fuzz', log: silentLog })
const address = await app.listen({ port: 0, host: '127.0.0.1' })

const all = requests(await findTargets(address))
const begun = performance.now()
let wrong = 0
for (const request of fc.sample(all, { numRuns: Number(count), seed: Number(seed) })) {
  const complaint = await complaintAbout(address, KEY, request)
  if (complaint === null) continue
  wrong++
  process.stdout.write(`POST ${request.path} ${request.body.slice(0, 300)}\n  ${complaint.slice(0, 500)}\n`)
}
const seconds = ((performance.now() - begun) / 1000).toFixed(1)
process.stdout.write(`${count} requests in ${seconds} s, ${wrong} answered wrongly (seed ${seed}).\n`)

await app.close()
await services.close({ graceMs: 0 })
await rm(dataFolder, { recursive: true, force: true })
process.exitCode = wrong > 0 ? 1 : 0
