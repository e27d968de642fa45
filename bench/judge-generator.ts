// An outside judge of the generator: what a face-analysis model sees in the first person of forty requests.
// `node bench/judge-generator.ts` bakes them (kept in ROSTRUM_DATA where that is set: minutes the first time).
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'
import { agrees, openJudge } from './face-judge.ts'
import { REQUESTS } from './generator-requests.ts'

/** What must be true of forty. */
const REQUIRED = { oneFace: 40, gender: 36, age: 30 }

const folder = mkdtempSync(join(tmpdir(), 'rostrum-judge-'))
const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? folder, workers: availableParallelism() },
  { log: silentLog },
)
const found = { oneFace: 0, gender: 0, age: 0 }
try {
  const judge = await openJudge()
  console.log('| asked for | faces | gender | age | right |\n|---|---|---|---|---|')
  for (const request of REQUESTS) {
    const { people } = await workshop.generate(request, { count: 1 })
    const faces = await judge(people[0]!.coverPath)
    const [face] = faces
    const { gender, age } = agrees(face, request)
    found.oneFace += faces.length === 1 ? 1 : 0
    found.gender += gender ? 1 : 0
    found.age += age ? 1 : 0
    const seen = face ? `${face.gender} ${face.genderScore.toFixed(2)} | ${face.age.toFixed(0)}` : '- | -'
    const wrong = [gender ? '' : 'gender', age ? '' : 'age'].filter(Boolean).join(', ')
    console.log(
      `| ${request.gender} ${request.age} ${request.ethnicity} | ${faces.length} | ${seen} | ${wrong || 'yes'} |`,
    )
  }
} finally {
  await workshop.close()
  rmSync(folder, { recursive: true, force: true })
}
for (const [name, number] of Object.entries(found)) {
  const least = REQUIRED[name as keyof typeof found]
  console.log(`${name}: ${number} of ${REQUESTS.length} (at least ${least})`)
  if (number < least) process.exitCode = 1
}
