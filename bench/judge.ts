// An outside judge of the public avatars: what a face-analysis model sees on their covers, against what the library says.
// `node bench/judge.ts` makes the covers (kept in ROSTRUM_DATA where that is set); with pictures named after avatars, those.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import type { Avatar } from '../src/core/library.ts'
import { loadFaceModels, loadHuman, type Tensor } from '../src/engines/faces/face-models.ts'
import { loadRecipes } from '../src/engines/faces/recipes.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'

/** What the model says of one face; it says nothing of faces it is not sure of. */
type Verdict = { readonly gender?: string; readonly genderScore?: number; readonly age?: number }

/** What must be true of 48 avatars. */
const REQUIRED = { oneFace: 1, gender: 44 / 48, age: 38 / 48 }

/** Years that each word of the library covers. */
const YEARS: Readonly<Record<Avatar['age'], readonly [number, number]>> = {
  young_adult: [18, 35],
  adult: [35, 55],
  senior: [55, 120],
}
/** How far the model's age may lie outside a group and still count: its own mean error on photographs is larger. */
const SLACK_YEARS = 3

const pictures = process.argv.slice(2)
const avatars = await loadRecipes()
const judge = await openJudge()
const rows = pictures.length > 0 ? await judgeFiles(pictures) : await judgeCovers()
console.log('| avatar | said | faces | gender | age | right |\n|---|---|---|---|---|---|')
for (const { avatar, faces } of rows) {
  const [first] = faces
  const seen = first
    ? `${first.gender ?? '?'} ${first.genderScore?.toFixed(2) ?? ''} | ${first.age?.toFixed(0) ?? '?'}`
    : '- | -'
  const marks = [right(avatar, faces).gender ? '' : 'gender', right(avatar, faces).age ? '' : 'age'].filter(Boolean)
  console.log(
    `| ${avatar.id} | ${avatar.gender} ${avatar.age} | ${faces.length} | ${seen} | ${marks.join(', ') || 'yes'} |`,
  )
}
const count = (test: (row: (typeof rows)[number]) => boolean): number => rows.filter(test).length
const found = {
  oneFace: count(({ faces }) => faces.length === 1),
  gender: count(({ avatar, faces }) => right(avatar, faces).gender),
  age: count(({ avatar, faces }) => right(avatar, faces).age),
}
for (const [name, number] of Object.entries(found)) {
  const least = Math.ceil(REQUIRED[name as keyof typeof found] * rows.length)
  console.log(`${name}: ${number} of ${rows.length} (at least ${least})`)
  if (number < least) process.exitCode = 1
}

function right({ gender, age }: Avatar, faces: readonly Verdict[]): { gender: boolean; age: boolean } {
  const [face] = faces
  const [from, to] = YEARS[age]
  return {
    gender: face?.gender === gender,
    age: face?.age !== undefined && face.age >= from - SLACK_YEARS && face.age < to + SLACK_YEARS,
  }
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

/** Loads the models; the judge sees a whole picture as anybody would hand it in. */
async function openJudge(): Promise<(path: string) => Promise<readonly Verdict[]>> {
  await loadFaceModels()
  const human = await loadHuman()
  const everything = { face: { detector: { maxDetected: 5, minConfidence: 0.3 }, description: { enabled: true } } }
  const detect = human.detect as unknown as (
    input: Tensor,
    config: object,
  ) => Promise<{ error: string | null; face: readonly Verdict[] }>
  return async (path) => {
    const { data, info } = await sharp(path)
      .removeAlpha()
      .resize({ width: 640 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const input = human.tf.tensor(Float32Array.from(data), [1, info.height, info.width, 3])
    const { error, face } = await detect.call(human, input, everything)
    input.dispose()
    if (error) throw new Error(`The face model failed on ${path}: ${error}`)
    return face
  }
}
