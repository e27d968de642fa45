// The pictures in docs/pictures/, made from real videos: `npm run docs:pictures`. Look at them after every change to pixels.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { ASPECT_RATIOS, type AspectRatio, DEFAULT_FPS } from '../src/core/spec.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'
import { framesOf, writeSheet } from './contact-sheet.ts'

const SENTENCE = 'Hi! Five people vote for a blue boat, but maybe you would rather choose a map of the moon.'
const PICTURES = fileURLToPath(new URL('../docs/pictures/', import.meta.url))
/** Head and shoulders in a portrait, and the face alone. */
const BUST = { left: 140, top: 180, width: 800, height: 1000 }
const FACE = { left: 300, top: 300, width: 480, height: 580 }

/** Whose sentence is shown frame by frame. */
const SPEAKERS = ['nora', 'victor', 'amara', 'ken']
/** The part of a portrait cover that the sheet of all avatars shows, and how it is laid out. */
const COVER = { left: 190, top: 200, width: 700, height: 820 }
const COVERS = { columns: 8, cellWidth: 240 }

const folder = mkdtempSync(join(tmpdir(), 'rostrum-pictures-'))
const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? folder, workers: availableParallelism() },
  { log: silentLog },
)
const render = async (avatarId: string, voiceId: string, aspect: AspectRatio): Promise<string> => {
  const outPath = join(folder, `${avatarId}-${aspect}.mp4`)
  await workshop.produce(
    {
      name: 'picture',
      canvas: { ...ASPECT_RATIOS[aspect], fps: DEFAULT_FPS },
      scenes: [
        {
          character: { kind: 'avatar', avatarId },
          voice: { kind: 'script', text: SENTENCE, voiceId, settings: {} },
          background: { kind: 'own' },
        },
      ],
      seed: 4,
    },
    { outPath },
  )
  return outPath
}
try {
  const covers: Buffer[] = []
  for (const { id } of workshop.library.list()) {
    const cover = sharp(await workshop.library.cover(id))
    covers.push(await cover.extract(COVER).resize(COVERS.cellWidth).png().toBuffer())
  }
  await writeSheet(covers, COVERS.columns, join(PICTURES, 'avatars.jpg'))
  const busts: Buffer[] = []
  for (const { id, voiceId } of SPEAKERS.map((id) => workshop.library.find(id))) {
    const video = await render(id, voiceId, 'portrait')
    busts.push((await framesOf(video, { frames: 1, columns: 1, cellWidth: 480, crop: BUST }))[0]!)
    const sheet = { frames: 24, columns: 8, cellWidth: 220, crop: FACE }
    await writeSheet(await framesOf(video, sheet), sheet.columns, join(PICTURES, `speaking-${id}.jpg`))
  }
  await writeSheet(busts, busts.length, join(PICTURES, 'presenters.jpg'))
  const first = await render('nora', 'flite-slt', 'landscape')
  const sheet = { frames: 6, columns: 3, cellWidth: 560 }
  await writeSheet(await framesOf(first, sheet), sheet.columns, join(PICTURES, 'first-video.jpg'))
} finally {
  await workshop.close()
  rmSync(folder, { recursive: true, force: true })
}
