// The pictures in docs/pictures/, made from real videos: `npm run docs:pictures`. Look at them after every change to pixels.
// With words, those parts alone: `node bench/pictures.ts avatars speaking photos first`.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import type { Speaker } from '../src/core/library.ts'
import { ASPECT_RATIOS, type AspectRatio, DEFAULT_FPS, type VideoSpec } from '../src/core/spec.ts'
import { placeCharacter } from '../src/domain/layout.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'
import { framesOf, type Sheet, writeSheet } from './contact-sheet.ts'
import { makePortrait, PORTRAITS } from './portraits.ts'

const SENTENCE = 'Hi! Five people vote for a blue boat, but maybe you would rather choose a map of the moon.'
const PICTURES = fileURLToPath(new URL('../docs/pictures/', import.meta.url))

/** Whose sentence is shown frame by frame: presenters, and avatars made of a photograph and of a drawing. */
const SPEAKERS = ['nora', 'victor', 'amara']
const PHOTOS = ['smile', 'pencil']
const SPEAKING = { frames: 24, columns: 8, cellWidth: 220 }
/** What is shown round a head, in heights of the head: over it, beside its middle, under its top. */
const FACE = { over: 0.02, beside: 0.45, under: 1.07 }
const BUST = { over: 0.35, beside: 0.72, under: 1.45 }
/** The part of a portrait cover that the sheet of all avatars shows, and how it is laid out. */
const COVER = { left: 190, top: 200, width: 700, height: 820 }
const COVERS = { columns: 8, cellWidth: 240 }
const PORTRAIT_HEIGHT = 420

const parts = process.argv.slice(2)
const wanted = (part: string) => parts.length === 0 || parts.includes(part)
const folder = mkdtempSync(join(tmpdir(), 'rostrum-pictures-'))
const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? folder, workers: availableParallelism() },
  { log: silentLog },
)
const { library, photos } = workshop
try {
  if (wanted('avatars')) {
    const covers: Buffer[] = []
    for (const { id } of library.list()) {
      const cover = sharp(await library.cover(id))
      covers.push(await cover.extract(COVER).resize(COVERS.cellWidth).png().toBuffer())
    }
    await writeSheet(covers, COVERS.columns, join(PICTURES, 'avatars.jpg'))
  }
  if (wanted('speaking')) {
    const busts: Buffer[] = []
    for (const speaker of SPEAKERS.map((id) => library.find(id))) {
      const video = await render(speaker, 'portrait')
      const bust = { frames: 1, columns: 1, cellWidth: 480, crop: await partOf(speaker, BUST) }
      busts.push((await framesOf(video, bust))[0]!)
      await writeSpeaking(speaker, video, speaker.id)
    }
    await writeSheet(busts, busts.length, join(PICTURES, 'presenters.jpg'))
  }
  if (wanted('photos')) {
    const portraits: Buffer[] = []
    for (const name of PORTRAITS) {
      const picture = await makePortrait(library, name)
      const cell = { height: PORTRAIT_HEIGHT, width: PORTRAIT_HEIGHT * 0.8 }
      portraits.push(await sharp(picture).resize(cell).png().toBuffer())
      if (!PHOTOS.includes(name)) continue
      const avatar = await photos.add(picture, { name })
      await writeSpeaking(avatar, await render(avatar, 'portrait'), name)
    }
    await writeSheet(portraits, portraits.length, join(PICTURES, 'portraits.jpg'))
  }
  if (wanted('first')) {
    const video = await render(library.find('nora'), 'landscape')
    const sheet = { frames: 6, columns: 3, cellWidth: 560 }
    await writeSheet(await framesOf(video, sheet), sheet.columns, join(PICTURES, 'first-video.jpg'))
  }
} finally {
  await workshop.close()
  rmSync(folder, { recursive: true, force: true })
}

async function render({ id, voiceId, gender }: Speaker, aspect: AspectRatio): Promise<string> {
  const outPath = join(folder, `${id}-${aspect}.mp4`)
  const { voice } = workshop.voices.find(voiceId, { gender })
  const spec: VideoSpec = {
    name: 'picture',
    canvas: { ...ASPECT_RATIOS[aspect], fps: DEFAULT_FPS },
    scenes: [
      {
        character: { kind: 'avatar', avatarId: id },
        voice: { kind: 'script', text: SENTENCE, voiceId: voice.id, settings: {} },
        background: { kind: 'own' },
      },
    ],
    seed: 4,
  }
  await workshop.produce(spec, { outPath })
  return outPath
}

async function writeSpeaking(speaker: Speaker, video: string, name: string): Promise<void> {
  const sheet: Sheet = { ...SPEAKING, crop: await partOf(speaker, FACE) }
  await writeSheet(await framesOf(video, sheet), sheet.columns, join(PICTURES, `speaking-${name}.jpg`))
}

/** The part of a portrait video round a speaker's head. */
async function partOf({ id }: Speaker, share: typeof FACE): Promise<NonNullable<Sheet['crop']>> {
  const { facts } = await library.rigFor(id)
  const canvas = { ...ASPECT_RATIOS.portrait, fps: DEFAULT_FPS }
  const { scale, x, y } = placeCharacter(canvas, facts, { kind: 'own' })
  const head = facts.headBox
  const tall = head.height * scale
  const middle = x + (head.x + head.width / 2) * scale
  const left = Math.max(0, Math.round(middle - share.beside * tall))
  const top = Math.max(0, Math.round(y + head.y * scale - share.over * tall))
  return {
    left,
    top,
    width: Math.min(canvas.width, Math.round(middle + share.beside * tall)) - left,
    height: Math.min(canvas.height, Math.round(y + head.y * scale + share.under * tall)) - top,
  }
}
