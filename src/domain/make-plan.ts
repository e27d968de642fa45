// The order of thinking: a VideoSpec, its Speech and its rigs' facts become a Plan.
import type { CaptionCue } from '../core/captions.ts'
import type { Plan, PlannedBackground, PlannedCaption, PlannedMark, PlannedScene } from '../core/plan.ts'
import type { Box } from '../core/rig.ts'
import { type Background, type Canvas, type Scene, scriptOf, type VideoSpec, type Watermark } from '../core/spec.ts'
import type { Speech } from '../core/speech.ts'
import { SAMPLE_RATE } from '../core/speech.ts'
import { framesFor } from '../core/time.ts'
import { planCaptions } from './captions/plan-captions.ts'
import { videoCues } from './captions/video-cues.ts'
import { placeLook } from './layout.ts'
import { planFace } from './plan-face.ts'
import type { RigFacts } from './rig-facts.ts'
import { boxOfArea } from './scene-layouts.ts'

/** All that a plan is made from. */
export type PlanInput = {
  readonly spec: VideoSpec
  /** One a scene; null for scenes that are silent. */
  readonly speeches: readonly (Speech | null)[]
  /** By avatar id. `hash` is the content hash of the rig file. */
  readonly rigs: ReadonlyMap<string, { readonly hash: string; readonly facts: RigFacts }>
  /** The files behind scenes, by scene; needed only where there are any. `clipSeconds` of those that move. */
  readonly media?: ReadonlyMap<number, { readonly hash: string; readonly clipSeconds?: number }>
  /** Hash of the watermark's file; needed only where there is one. */
  readonly markHash?: string | undefined
}

/**
 * Plans a whole video. Pure: equal input gives an equal plan.
 * @throws RangeError where a scene's speech or rig is missing: the caller has not prepared it.
 */
export function makePlan({ spec, speeches, rigs, media, markHash }: PlanInput): Plan {
  const lengths = spec.scenes.map((scene, index) =>
    framesFor(sceneSeconds(scene, speeches[index] ?? null, index, media?.get(index)?.clipSeconds), spec.canvas.fps),
  )
  const halves = crossFades(lengths, (spec.crossFadeSeconds ?? 0) * spec.canvas.fps)
  const scenes: PlannedScene[] = []
  let startFrame = 0
  for (const [index, scene] of spec.scenes.entries()) {
    const frameCount = lengths[index]!
    const [before, after] = [halves[index - 1] ?? 0, halves[index] ?? 0]
    scenes.push({
      startFrame,
      frameCount,
      ...(before > 0 ? { before } : {}),
      ...(after > 0 ? { after } : {}),
      background: plannedBackground(scene.background, index, spec.canvas, media),
      character: planCharacter(spec, index, speeches[index] ?? null, { before, frameCount, after }, rigs),
    })
    startFrame += frameCount
  }
  return {
    canvas: spec.canvas,
    frameCount: startFrame,
    scenes,
    captions: captionsOf(spec, speeches, scenes, rigs),
    ...markOf(spec, markHash),
  }
}

/**
 * Half of each cross-fade, in frames: as asked for, and no more than half of either scene beside it.
 * @param frames of a whole one.
 */
function crossFades(lengths: readonly number[], frames: number): readonly number[] {
  return lengths.slice(1).map((length, index) => Math.min(Math.round(frames / 2), length >> 1, lengths[index]! >> 1))
}

function markOf({ watermark }: VideoSpec, hash: string | undefined): Pick<Plan, 'mark'> {
  if (!watermark) return {}
  if (hash === undefined) throw new RangeError('The watermark was not found.')
  return { mark: plannedMark(watermark, hash) }
}

/** A watermark whose file is found. @param hash of its bytes. */
export function plannedMark({ corner, size, opacity }: Watermark, hash: string): PlannedMark {
  return { corner, size, opacity, hash }
}

function plannedBackground(
  background: Background,
  index: number,
  canvas: Canvas,
  media: PlanInput['media'],
): PlannedBackground {
  if (background.kind !== 'picture' && background.kind !== 'video') return background
  const found = media?.get(index)
  if (!found) throw new RangeError(`The file behind scene ${index} was not found.`)
  const { hash, clipSeconds } = found
  const { fit, color, area } = background
  const place = area ? { box: boxOfArea(area, canvas) } : {}
  if (background.kind === 'picture') return { kind: 'picture', hash, fit, color, ...place }
  if (clipSeconds === undefined) throw new RangeError(`The clip behind scene ${index} was not measured.`)
  return { kind: 'video', hash, fit, color, playStyle: background.playStyle, clipSeconds, ...place }
}

function captionsOf(
  spec: VideoSpec,
  speeches: PlanInput['speeches'],
  scenes: readonly PlannedScene[],
  rigs: PlanInput['rigs'],
): readonly PlannedCaption[] {
  const { canvas, captions } = spec
  if (!captions) return []
  const starts = scenes.map(({ startFrame }) => startFrame / canvas.fps)
  const headOf = ({ startSeconds }: CaptionCue): Box | null => {
    const character = scenes.findLast(({ startFrame }) => startFrame / canvas.fps <= startSeconds)?.character
    const box = character && rigs.get(character.avatarId)?.facts.headBox
    if (!box) return null
    const { scale, x, y } = character.placement
    return { x: x + box.x * scale, y: y + box.y * scale, width: box.width * scale, height: box.height * scale }
  }
  return planCaptions(videoCues(spec, speeches, starts), captions, canvas, headOf)
}

/**
 * How long a scene is.
 * @param clipSeconds of the clip behind it, which it outlasts where that is to be seen whole.
 * @throws RangeError where it is spoken and its speech is missing.
 */
export function sceneSeconds(scene: Scene, speech: Heard | null, index: number, clipSeconds = 0): number {
  const isWhole = scene.background.kind === 'video' && scene.background.playStyle === 'full_video'
  return Math.max(heardSeconds(scene, speech, index), isWhole ? clipSeconds : 0)
}

/** All of a speech that its length hangs on. */
type Heard = Pick<Speech, 'samples'>

function heardSeconds(scene: Scene, speech: Heard | null, index: number): number {
  if (scene.voice.kind === 'silence') return scene.voice.seconds
  if (!speech) throw new RangeError(`Scene ${index} is spoken, but its speech was not prepared.`)
  return speech.samples.length / SAMPLE_RATE
}

function planCharacter(
  spec: VideoSpec,
  index: number,
  speech: Speech | null,
  { before, frameCount, after }: Record<'before' | 'frameCount' | 'after', number>,
  rigs: PlanInput['rigs'],
): PlannedScene['character'] {
  const scene = spec.scenes[index]!
  if (!scene.character) return null
  const { avatarId } = scene.character
  const rig = rigs.get(avatarId)
  if (!rig) throw new RangeError(`The rig of avatar ${avatarId} was not prepared.`)
  const look = placeLook(spec.canvas, rig.facts, scene.background, scene.character.stance)
  if (!look) return null
  return {
    avatarId,
    rigHash: rig.hash,
    ...look,
    ...(scene.character.superResolution && rig.facts.hasBackdrop ? { isSharpened: true } : {}),
    track: planFace({
      speech: speech && before > 0 ? delayed(speech, before / spec.canvas.fps) : speech,
      script: scriptOf(scene.voice),
      frameCount: before + frameCount + after,
      fps: spec.canvas.fps,
      // No two scenes of a video move alike.
      seed: (spec.seed + Math.imul(index, 0x9e3779b1)) >>> 0,
      manner: scene.character.manner,
    }),
  }
}

/** The same speech after a silence. */
function delayed(speech: Speech, seconds: number): Speech {
  const later = <Timed extends { readonly startSeconds: number; readonly endSeconds: number }>(
    timed: Timed,
  ): Timed => ({
    ...timed,
    startSeconds: timed.startSeconds + seconds,
    endSeconds: timed.endSeconds + seconds,
  })
  const lead = Math.round(seconds * SAMPLE_RATE)
  const samples = new Float32Array(lead + speech.samples.length)
  samples.set(speech.samples, lead)
  const silence = { phone: '_', startSeconds: 0, endSeconds: seconds, stress: 0, word: null } as const
  return { ...speech, samples, words: speech.words.map(later), phones: [silence, ...speech.phones.map(later)] }
}
