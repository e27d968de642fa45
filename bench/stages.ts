// In a process of its own: how long speech, painter and encoder take alone. The parent sends the input and gets the seconds.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { VideoSpec } from '../src/core/spec.ts'
import { frameState } from '../src/domain/frame-state.ts'
import { makePlan } from '../src/domain/make-plan.ts'
import { rigFacts } from '../src/domain/rig-facts.ts'
import { loadRecipes } from '../src/engines/faces/recipes.ts'
import { decodeRig } from '../src/engines/faces/rig-file.ts'
import { openEncoder } from '../src/engines/media/encoder.ts'
import { changedRows, openPainter, type YuvFrame } from '../src/engines/painter/painter.ts'
import { drawBackdrop } from '../src/engines/pictures/backdrop.ts'
import { findVoice } from '../src/engines/voices/find-voice.ts'
import { speak } from '../src/engines/voices/speak.ts'
import { timed } from './timed.ts'

/** A video of one scene with an avatar and a script, its rig, and a folder for what is encoded. */
export type StagesInput = { readonly spec: VideoSpec; readonly rigPath: string; readonly folder: string }

/** Seconds that each stage takes for all frames. */
export type Stages = {
  readonly frameCount: number
  readonly speechSeconds: number
  readonly paintSeconds: number
  readonly encodeSeconds: number
}

/** Frames held in memory at once while the encoder is timed: as many as a segment has. */
const BATCH = 100

process.once('message', async (input: StagesInput) => {
  const stages = await measure(input)
  process.send?.(stages, () => process.disconnect())
})

async function measure({ spec, rigPath, folder }: StagesInput): Promise<Stages> {
  const { canvas } = spec
  const { character, voice } = spec.scenes[0]!
  if (character?.kind !== 'avatar' || voice.kind !== 'script') throw new Error('An avatar with a script is needed.')
  const speech = await timed(() => speak(voice.text, findVoice(voice.voiceId).voice, voice.settings))
  const rig = decodeRig(readFileSync(rigPath))
  const { avatarId } = character
  const plan = makePlan({
    spec,
    speeches: [speech.value],
    rigs: new Map([[avatarId, { hash: 'bench', facts: rigFacts(rig) }]]),
  })
  const recipe = (await loadRecipes()).find(({ id }) => id === avatarId)!
  const wall = drawBackdrop(recipe.backdrop, canvas.width, canvas.height)
  const painter = await openPainter({
    canvas,
    rigs: new Map([[avatarId, rig]]),
    background: () => wall,
  })
  painter.paint(frameState(plan, 0))
  let paintSeconds = 0
  let encodeSeconds = 0
  for (let from = 0; from < plan.frameCount; from += BATCH) {
    const frames: YuvFrame[] = []
    for (let frame = from; frame < Math.min(plan.frameCount, from + BATCH); frame++) {
      const { seconds, value } = await timed(() => painter.paint(frameState(plan, frame)))
      paintSeconds += seconds
      frames.push({ ...value, y: value.y.slice(), u: value.u.slice(), v: value.v.slice() })
    }
    const encoded = await timed(async () => {
      const encoder = await openEncoder({ path: join(folder, `alone-${from}.mp4`), canvas })
      for (const [index, frame] of frames.entries()) {
        await encoder.encode(frame, changedRows(frame, frames[index - 1] ?? null))
      }
      await encoder.close()
    })
    encodeSeconds += encoded.seconds
  }
  return { frameCount: plan.frameCount, speechSeconds: speech.seconds, paintSeconds, encodeSeconds }
}
