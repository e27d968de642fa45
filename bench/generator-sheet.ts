// The sheet of generated people in docs/pictures/: three requests, four people each, with their words. Part of
// `npm run docs:pictures`. Look at it after every change to words, casts or pixels.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import type { PersonRequest } from '../src/domain/generate/wishes.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'

const OUT = fileURLToPath(new URL('../docs/pictures/generated.jpg', import.meta.url))
/** Head and shoulders in a portrait. */
const BUST = { left: 140, top: 180, width: 800, height: 960 }
const CELL = 420
const CAPTION = 34

const REQUESTS: readonly PersonRequest[] = [
  {
    gender: 'female',
    age: 'young_adult',
    ethnicity: 'european',
    style: 'professional',
    model: 'modern',
    aspectRatio: 'portrait',
    appearance: 'long ginger hair, green eyes, freckles, teal blazer, smile',
    background: 'office',
  },
  {
    gender: 'male',
    age: 'senior',
    style: 'professional',
    model: 'classic',
    aspectRatio: 'portrait',
    appearance: 'grey beard, glasses, navy suit with a burgundy tie',
    background: 'bookshelf',
  },
  {
    gender: 'female',
    age: 'adult',
    ethnicity: 'african',
    style: 'social',
    model: 'modern',
    aspectRatio: 'portrait',
    appearance: 'smile, mustard sweater',
    background: 'park, sunny',
  },
]

const folder = mkdtempSync(join(tmpdir(), 'rostrum-generated-'))
const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? folder, workers: availableParallelism() },
  { log: silentLog },
)
try {
  const rows: Buffer[] = []
  for (const request of REQUESTS) {
    const { people } = await workshop.generate(request)
    const cells = await Promise.all(
      people.map(({ coverPath }) => sharp(coverPath).extract(BUST).resize(CELL).png().toBuffer()),
    )
    rows.push(await rowOf(request, cells))
  }
  const { width, height } = await sharp(rows[0]!).metadata()
  await sharp({ create: { width, height: height * rows.length, channels: 3, background: '#222222' } })
    .composite(rows.map((input, index) => ({ input, left: 0, top: index * height })))
    .jpeg({ quality: 86 })
    .toFile(OUT)
} finally {
  await workshop.close()
  rmSync(folder, { recursive: true, force: true })
}

async function rowOf(request: PersonRequest, cells: readonly Buffer[]): Promise<Buffer> {
  const { height } = await sharp(cells[0]!).metadata()
  const { gender, age, ethnicity, style, model, appearance, background } = request
  const words = [gender, age.replace('_', ' '), ethnicity ?? 'any', style, model].join(' · ')
  const svg = `<svg width="${CELL * cells.length}" height="${CAPTION}"><text x="8" y="23" font-size="17" fill="#fff"
    font-family="sans-serif">${words} — “${appearance}” — “${background}”</text></svg>`
  return sharp({
    create: { width: CELL * cells.length, height: height + CAPTION, channels: 3, background: '#222222' },
  })
    .composite([
      ...cells.map((input, index) => ({ input, left: index * CELL, top: 0 })),
      { input: Buffer.from(svg), left: 0, top: height },
    ])
    .png()
    .toBuffer()
}
