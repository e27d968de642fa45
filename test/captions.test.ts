// Captions over a presenter, as the finished files show them: inside the title-safe area, off the mouth.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CAPTION_POSITIONS, CAPTION_STYLES } from '../src/core/captions.ts'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import type { VideoOutput } from '../src/core/output.ts'
import type { Canvas, Stance, VideoSpec } from '../src/core/spec.ts'
import { placeCharacter } from '../src/domain/layout.ts'
import { decodeFrames } from '../src/engines/media/decode.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop, type Workshop } from '../src/services/open.ts'
import { makeDataFolder } from './kit.ts'

const SHAPES = [
  { width: 480, height: 270 },
  { width: 270, height: 480 },
  { width: 320, height: 320 },
] as const
/** EBU R 95: what is in 90 % of each side is safe. */
const SAFE = 0.05
/** Lips and what they uncover, in shares of a head from crown to chin and from ear to ear. */
const LIPS = { left: 0.33, right: 0.67, top: 0.72, bottom: 0.93 }
const OWN = { kind: 'own' } as const

let data: ReturnType<typeof makeDataFolder>
let workshop: Workshop
before(async () => {
  data = makeDataFolder()
  workshop = await openWorkshop({ ...DEFAULT_CONFIG, dataFolder: data.path, workers: 1 }, { log: silentLog })
})
after(async () => {
  await workshop?.close()
  data?.remove()
})

/**
 * What of a video with captions differs from the same one without, in pixels: rows with a few changed pixels, since coding
 * changes a single one elsewhere.
 */
async function captionBox(clean: string, captioned: string) {
  const box = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0 }
  const without = decodeFrames(clean)
  for await (const { y, width, height, index } of decodeFrames(captioned)) {
    const plain = (await without.next()).value
    assert.equal(plain?.index, index)
    for (let row = 0; row < height; row++) {
      const changed = Array.from({ length: width }, (_, column) => column).filter(
        (column) => Math.abs(y[row * width + column]! - plain!.y[row * width + column]!) >= 40,
      )
      if (changed.length < 5) continue
      box.left = Math.min(box.left, changed[0]!)
      box.top = Math.min(box.top, row)
      box.right = Math.max(box.right, changed.at(-1)! + 1)
      box.bottom = Math.max(box.bottom, row + 1)
    }
  }
  await without.return()
  return box
}

for (const [number, position] of CAPTION_POSITIONS.entries()) {
  const stances: readonly Stance[] = position === 'bottom' ? [{}, { framing: 'closeUp', offsetY: 0.18 }] : [{}]
  for (const stance of stances) {
    const style = CAPTION_STYLES[number]!
    const where = `${position}, ${style}${stance.framing ? ', the mouth low' : ''}`
    test(`captions are title-safe and leave the mouth free: ${where}`, async () => {
      const video = (captions: boolean, size: Pick<Canvas, 'width' | 'height'>): VideoOutput => ({
        kind: 'video',
        format: 'mp4',
        captions,
        size,
      })
      const outputs = SHAPES.flatMap((size) => [video(false, size), video(true, size)])
      const spec: VideoSpec = {
        name: 'captions',
        canvas: { ...SHAPES[0], fps: 25 },
        scenes: [
          {
            character: { kind: 'avatar', avatarId: 'victor', stance },
            voice: {
              kind: 'script',
              text: 'Seven more words are said.',
              voiceId: 'flite-rms',
              settings: { speed: 1.5 },
            },
            background: OWN,
          },
        ],
        captions: { position, style },
        outputs,
        seed: 1,
      }
      const [outPath, ...otherPaths] = outputs.map((_, index) => join(data.path, `${index}.mp4`))
      await workshop.produce(spec, { outPath: outPath!, otherPaths })
      const { facts } = await workshop.library.rigFor('victor')
      for (const [index, { width, height }] of SHAPES.entries()) {
        const box = await captionBox(join(data.path, `${index * 2}.mp4`), join(data.path, `${index * 2 + 1}.mp4`))
        const told = `${width}x${height}: ${JSON.stringify(box)}`
        assert.ok(box.right - box.left > width * 0.3 && box.bottom - box.top > height * 0.02, told)
        assert.ok(box.left >= width * SAFE - 2 && box.right <= width * (1 - SAFE) + 2, told)
        assert.ok(box.top >= height * SAFE - 2 && box.bottom <= height * (1 - SAFE) + 2, told)
        const place = placeCharacter({ width, height, fps: 25 }, facts, OWN, stance)
        const lips = {
          left: place.x + (facts.headBox.x + LIPS.left * facts.headBox.width) * place.scale,
          right: place.x + (facts.headBox.x + LIPS.right * facts.headBox.width) * place.scale,
          top: place.y + (facts.headBox.y + LIPS.top * facts.headBox.height) * place.scale,
          bottom: place.y + (facts.headBox.y + LIPS.bottom * facts.headBox.height) * place.scale,
        }
        const isFree =
          box.right <= lips.left || box.left >= lips.right || box.bottom <= lips.top || box.top >= lips.bottom
        assert.ok(isFree, `${told} over ${JSON.stringify(lips)}`)
      }
    })
  }
}
