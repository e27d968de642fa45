// The pictures of docs/scenes.md: every avatar style and fit, from real videos.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { FITS, type Scene, type Stance } from '../src/core/spec.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'

const PICTURES = fileURLToPath(new URL('../docs/pictures/', import.meta.url))
const CANVAS = { width: 640, height: 360, fps: 25 }
const WHO = { kind: 'avatar', avatarId: 'nora' } as const
const folder = mkdtempSync(join(tmpdir(), 'rostrum-scene-pictures-'))
const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: folder, workers: availableParallelism() },
  { log: silentLog },
)
let count = 0

try {
  const stances: readonly Stance[] = [
    {},
    { framing: 'closeUp' },
    { window: { shape: 'circle', color: '#f2b705' }, scale: 0.8 },
    { window: { shape: 'square' }, scale: 0.5, offsetX: 0.3, offsetY: 0.2 },
  ]
  const views = stances.map((stance) =>
    still({
      character: { ...WHO, stance },
      voice: { kind: 'silence', seconds: 0.2 },
      background: stance.window ? { kind: 'color', color: '#274060' } : { kind: 'own' },
    }),
  )
  await sheet('scene-styles', await Promise.all(views))

  const picture = join(folder, 'rings.png')
  const rings = [80, 60, 40, 20].map(
    (r, at) => `<circle cx="90" cy="120" r="${r}" fill="${at % 2 ? '#fff' : '#c33'}"/>`,
  )
  await sharp(
    Buffer.from(`<svg width="180" height="240"><rect width="180" height="240" fill="#235"/>${rings.join('')}</svg>`),
  )
    .png()
    .toFile(picture)
  const fitted = FITS.map((fit) =>
    still({
      character: null,
      voice: { kind: 'silence', seconds: 0.2 },
      background: { kind: 'picture', source: { path: picture }, fit, color: '#f6f6fc' },
    }),
  )
  await sheet('scene-fits', await Promise.all(fitted))
} finally {
  await workshop.close()
  rmSync(folder, { recursive: true, force: true })
}

async function still(scene: Scene): Promise<string> {
  const number = count++
  const coverPath = join(folder, `${number}.jpg`)
  const spec = { name: 'scene', canvas: CANVAS, scenes: [scene], seed: 4 }
  await workshop.produce(spec, { outPath: join(folder, `${number}.mp4`), coverPath })
  return coverPath
}

async function sheet(name: string, files: readonly string[]): Promise<void> {
  const [gap, width, height] = [8, CANVAS.width / 2, CANVAS.height / 2]
  const tiles = await Promise.all(files.map((file) => sharp(file).resize(width, height).toBuffer()))
  await sharp({
    create: { width: tiles.length * (width + gap) - gap, height, channels: 3, background: '#ffffff' },
  })
    .composite(tiles.map((input, index) => ({ input, left: index * (width + gap), top: 0 })))
    .jpeg({ quality: 88 })
    .toFile(join(PICTURES, `${name}.jpg`))
}
