// An outside judge of the public avatars: what a face-analysis model sees on their covers, against what the library says.
// `node bench/judge.ts` makes the covers (kept in ROSTRUM_DATA where that is set); with pictures named after avatars, those.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import type { Avatar } from '../src/core/library.ts'
import { loadRecipes } from '../src/engines/faces/recipes.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'
import { agrees, openJudge, type Verdict } from './face-judge.ts'

/** What must be true of 48 avatars. */
const REQUIRED = { oneFace: 1, gender: 44 / 48, age: 38 / 48 }

const pictures = process.argv.slice(2)
const avatars = await loadRecipes()
const judge = await openJudge()
const rows = pictures.length > 0 ? await judgeFiles(pictures) : await judgeCovers()
console.log('| avatar | said | faces | gender | age | right |\n|---|---|---|---|---|---|')
for (const { avatar, faces } of rows) {
  const [first] = faces
  const seen = first ? `${first.gender} ${first.genderScore.toFixed(2)} | ${first.age.toFixed(0)}` : '- | -'
  const { gender, age } = agrees(first, avatar)
  const wrong = [gender ? '' : 'gender', age ? '' : 'age'].filter(Boolean).join(', ')
  console.log(`| ${avatar.id} | ${avatar.gender} ${avatar.age} | ${faces.length} | ${seen} | ${wrong || 'yes'} |`)
}
const count = (test: (row: (typeof rows)[number]) => boolean): number => rows.filter(test).length
const found = {
  oneFace: count(({ faces }) => faces.length === 1),
  gender: count(({ avatar, faces }) => agrees(faces[0], avatar).gender),
  age: count(({ avatar, faces }) => agrees(faces[0], avatar).age),
}
for (const [name, number] of Object.entries(found)) {
  const least = Math.ceil(REQUIRED[name as keyof typeof found] * rows.length)
  console.log(`${name}: ${number} of ${rows.length} (at least ${least})`)
  if (number < least) process.exitCode = 1
}

async function judgeFiles(files: readonly string[]) {
  const rows: { avatar: Avatar; faces: readonly Verdict[] }[] = []
  for (const file of files) {
    const name = basename(file).replace(/\.\w+$/, '')
    const avatar = avatars.find(({ id }) => name === id)
    if (!avatar) throw new Error(`${file} is not named after an avatar.`)
    rows.push({ avatar, faces: await judge(file) })
  }
  return rows
}

async function judgeCovers() {
  const folder = mkdtempSync(join(tmpdir(), 'rostrum-judge-'))
  const dataFolder = process.env.ROSTRUM_DATA ?? folder
  const workshop = await openWorkshop(
    { ...DEFAULT_CONFIG, dataFolder, workers: availableParallelism() },
    { log: silentLog },
  )
  try {
    const rows: { avatar: Avatar; faces: readonly Verdict[] }[] = []
    for (const avatar of avatars) {
      rows.push({ avatar, faces: await judge(await workshop.library.cover(avatar.id)) })
    }
    return rows
  } finally {
    await workshop.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
