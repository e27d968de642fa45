// A contact sheet of avatars at rest, for casting: `node bench/cast.ts out.png mei daniel`; without names, all of them.
// Covers are kept in ROSTRUM_DATA where that is set, so that only what changed is baked again.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'
import { writeSheet } from './contact-sheet.ts'

/** The part of a portrait cover that is shown: head and shoulders. */
const BUST = { left: 190, top: 200, width: 700, height: 820 }
const CELL_WIDTH = 320

const [out, ...names] = process.argv.slice(2)
if (!out) {
  console.error('usage: node bench/cast.ts out.png [avatar ...]')
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'rostrum-cast-'))
const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? folder, workers: availableParallelism() },
  { log: silentLog },
)
try {
  const avatars = names.length > 0 ? names.map((name) => workshop.library.find(name)) : workshop.library.list()
  const cells: Buffer[] = []
  for (const { id } of avatars) {
    const cover = sharp(await workshop.library.cover(id))
    cells.push(await cover.extract(BUST).resize(CELL_WIDTH).png().toBuffer())
  }
  await writeSheet(cells, Math.ceil(Math.sqrt(cells.length * 1.5)), out)
} finally {
  await workshop.close()
  rmSync(folder, { recursive: true, force: true })
}
