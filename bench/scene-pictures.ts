// The pictures of docs/scenes.md: every avatar style, fit, play style, caption style and layout, from real videos.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { CAPTION_POSITIONS, CAPTION_STYLES } from '../src/core/captions.ts'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { type Background, FITS, PLAY_STYLES, type Scene, type Stance, type VideoSpec } from '../src/core/spec.ts'
import { rgbaToPlanes } from '../src/domain/colour.ts'
import { areasOf, type SceneLayout } from '../src/domain/scene-layouts.ts'
import { decodeFrames } from '../src/engines/media/decode.ts'
import { openEncoder } from '../src/engines/media/encoder.ts'
import { planesToRgb } from '../src/engines/media/planes.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'

const PICTURES = fileURLToPath(new URL('../docs/pictures/', import.meta.url))
const CANVAS = { width: 640, height: 360, fps: 25 }
const TILE = { width: 320, height: 180, gap: 6 }
const WHO = { kind: 'avatar', avatarId: 'nora' } as const
const SILENCE = { kind: 'silence', seconds: 0.2 } as const
const NAVY = { kind: 'color', color: '#274060' } as const
const SENTENCE = 'A caption shows the words that are being spoken.'
const folder = mkdtempSync(join(tmpdir(), 'rostrum-scene-pictures-'))
const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? folder, workers: availableParallelism() },
  { log: silentLog },
)
let count = 0

try {
  const stances: readonly (readonly [string, Stance])[] = [
    ['normal', {}],
    ['closeup', { framing: 'closeUp' }],
    ['circle', { window: { shape: 'circle', color: '#f2b705' }, scale: 0.8 }],
    ['square', { window: { shape: 'square' }, scale: 0.5, offsetX: 0.3, offsetY: 0.2 }],
  ]
  for (const [name, stance] of stances) {
    const background: Background = stance.window ? NAVY : { kind: 'own' }
    await picture(`style-${name}`, [{ character: { ...WHO, stance }, voice: SILENCE, background }], [0])
  }

  const rings = await drawRings()
  for (const fit of FITS) {
    const background = { kind: 'picture', source: { path: rings }, fit, color: '#f6f6fc' } as const
    await picture(`fit-${fit}`, [{ character: null, voice: SILENCE, background }], [0])
  }

  // Two seconds of a clock behind scenes of three.
  const clock = await drawClock(2)
  for (const playStyle of PLAY_STYLES) {
    const background = { kind: 'video', source: { path: clock }, fit: 'cover', playStyle, color: '#f6f6fc' } as const
    const scene: Scene = { character: null, voice: { kind: 'silence', seconds: 3 }, background }
    await picture(`play-${playStyle}`, [scene], [0, 25, 49, 51, 74])
  }

  for (const [index, style] of CAPTION_STYLES.entries()) {
    const position = CAPTION_POSITIONS[index]!
    const scene: Scene = {
      character: WHO,
      voice: { kind: 'script', text: SENTENCE, voiceId: 'flite-slt', settings: {} },
      background: { kind: 'own' },
    }
    await picture(`caption-${style}-${position}`, [scene], [30], { captions: { style, position } })
  }

  const layouts: readonly SceneLayout[] = ['split_left', 'split_bottom', 'pip_bottom_right']
  for (const layout of layouts) {
    const { character, background: area } = areasOf(layout)
    const window = { shape: 'rectangle', area: character } as const
    const background = {
      kind: 'picture',
      source: { path: rings },
      fit: 'cover',
      color: '#f6f6fc',
      ...(area ? { area } : {}),
    } as const
    await picture(`layout-${layout}`, [{ character: { ...WHO, stance: { window } }, voice: SILENCE, background }], [0])
  }

  const first: Scene = { character: WHO, voice: { kind: 'silence', seconds: 1 }, background: { kind: 'own' } }
  const second: Scene = {
    character: { kind: 'avatar', avatarId: 'victor' },
    voice: { kind: 'silence', seconds: 1 },
    background: NAVY,
  }
  await picture('cross-fade', [first, second], [14, 20, 25, 30, 36], {
    crossFadeSeconds: 0.8,
    watermark: { source: { path: rings }, corner: 'top_right', size: 0.2, opacity: 0.8 },
  })
} finally {
  await workshop.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Writes some frames of a video, side by side. */
async function picture(
  name: string,
  scenes: readonly Scene[],
  frames: readonly number[],
  more: Partial<VideoSpec> = {},
): Promise<void> {
  const path = join(folder, `${count++}.mp4`)
  await workshop.produce({ name, canvas: CANVAS, scenes, seed: 4, ...more }, { outPath: path })
  const width = frames.length === 1 ? TILE.width : TILE.width / 2
  const height = (width * CANVAS.height) / CANVAS.width
  const tiles: Buffer[] = []
  for await (const frame of decodeFrames(path)) {
    if (!frames.includes(frame.index)) continue
    const raw = { width: frame.width, height: frame.height, channels: 3 } as const
    tiles.push(await sharp(planesToRgb(frame), { raw }).resize(width, height).png().toBuffer())
  }
  if (tiles.length !== frames.length) throw new Error(`${name} has no frame ${frames.at(-1)}.`)
  await sharp({
    create: { width: tiles.length * (width + TILE.gap) - TILE.gap, height, channels: 3, background: '#ffffff' },
  })
    .composite(tiles.map((input, index) => ({ input, left: index * (width + TILE.gap), top: 0 })))
    .jpeg({ quality: 86 })
    .toFile(join(PICTURES, `scene-${name}.jpg`))
}

async function drawRings(): Promise<string> {
  const path = join(folder, 'rings.png')
  const rings = [80, 60, 40, 20].map(
    (r, at) => `<circle cx="90" cy="120" r="${r}" fill="${at % 2 ? '#fff' : '#c33'}"/>`,
  )
  const page = `<svg width="180" height="240"><rect width="180" height="240" fill="#235"/>${rings.join('')}</svg>`
  await sharp(Buffer.from(page), { density: 144 }).resize(180, 240).png().toFile(path)
  return path
}

/** A clip in which a disc fills like the face of a clock. */
async function drawClock(seconds: number): Promise<string> {
  const path = join(folder, 'clock.mp4')
  const encoder = await openEncoder({ path, canvas: CANVAS })
  const total = seconds * CANVAS.fps
  for (let n = 0; n < total; n++) {
    const angle = (2 * Math.PI * (n + 1)) / total
    const [x, y] = [320 + 130 * Math.sin(angle), 180 - 130 * Math.cos(angle)]
    const slice =
      n + 1 === total
        ? '<circle cx="320" cy="180" r="130" fill="#f2b705"/>'
        : `<path d="M320 180 V50 A130 130 0 ${angle > Math.PI ? 1 : 0} 1 ${x} ${y} Z" fill="#f2b705"/>`
    const page = `<svg width="640" height="360"><rect width="640" height="360" fill="#235"/><circle cx="320" cy="180" r="130" fill="#fff"/>${slice}</svg>`
    const pixels = await sharp(Buffer.from(page)).ensureAlpha().raw().toBuffer()
    await encoder.encode(rgbaToPlanes(pixels, CANVAS.width, CANVAS.height, true))
  }
  await encoder.close()
  return path
}
