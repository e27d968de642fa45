// Speech becomes mouth-shape curves: coarticulation by dominance functions, closures on top.
import type { Shape } from '../../core/shapes.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import type { Speech } from '../../core/speech.ts'
import { clamp, plateau } from '../curves.ts'
import { ARTICULATORS, type Articulator } from './articulation.ts'
import { BRIDGED_SILENCE, type Gesture, gesturesOf } from './gestures.ts'
import { SEAL_REACH, type Seal, sealAt, sealsOf } from './seals.ts'

/** Speech uses this much of the widest opening that a face can make. */
const JAW_REACH = 0.62

/** How far round a gesture it is felt at all, seconds. */
const GESTURE_REACH = 0.4

/** Moments within a frame that are averaged, as fractions of a frame from its middle. */
const MOMENTS = [-0.25, 0, 0.25] as const

/**
 * Writes the mouth's weights into a shapes track, a row a frame.
 *
 * Each articulator is a mean of the targets of the phones around, weighted by dominance functions that rise before a phone
 * and fall after it (Cohen and Massaro 1993); bilabials and labiodentals are then sealed whatever the mean says.
 *
 * @param shapes frameCount rows of SHAPE_COUNT weights; rows of mouth shapes are overwritten.
 * @param reach multiplies how far the jaw opens; 1 is usual.
 */
export function planMouth(speech: Speech, shapes: Float32Array, fps: number, reach = 1): void {
  const gestures = gesturesOf(speech)
  const seals = sealsOf(gestures)
  const spans = speechSpans(speech)
  const frameCount = shapes.length / SHAPE_COUNT
  let firstGesture = 0
  let firstSeal = 0
  let firstSpan = 0
  for (let frame = 0; frame < frameCount; frame++) {
    const middle = (frame + 0.5) / fps
    while (firstGesture < gestures.length && gestures[firstGesture]!.endSeconds < middle - GESTURE_REACH) firstGesture++
    while (firstSeal < seals.length && seals[firstSeal]!.toSeconds < middle - SEAL_REACH * 2) firstSeal++
    while (firstSpan < spans.length && spans[firstSpan]!.toSeconds < middle - 0.5) firstSpan++

    const mean = new Float64Array(ARTICULATORS.length)
    let lipSeal = 0
    let teethSeal = 0
    for (const moment of MOMENTS) {
      const seconds = middle + moment / fps
      const speaking = speakingAt(spans, firstSpan, seconds)
      const values = blendAt(gestures, firstGesture, seconds)
      for (let k = 0; k < mean.length; k++) mean[k] = mean[k]! + (values[k]! * speaking) / MOMENTS.length
      lipSeal = Math.max(lipSeal, strongestSeal(seals, firstSeal, 'lips', seconds))
      teethSeal = Math.max(teethSeal, strongestSeal(seals, firstSeal, 'lip-teeth', seconds))
    }
    mean[INDEX.jaw]! *= reach
    writeRow(shapes, frame * SHAPE_COUNT, mean, lipSeal, teethSeal)
  }
}

type Span = { readonly fromSeconds: number; readonly toSeconds: number }

/** The stretches between silences that are long enough for the mouth to come to rest. */
function speechSpans(speech: Speech): readonly Span[] {
  const spans: Span[] = []
  for (const phone of speech.phones) {
    if (phone.phone === '_' && phone.endSeconds - phone.startSeconds >= BRIDGED_SILENCE) continue
    const last = spans.at(-1)
    if (last && phone.startSeconds - last.toSeconds < 1e-3) {
      spans[spans.length - 1] = { fromSeconds: last.fromSeconds, toSeconds: phone.endSeconds }
    } else if (phone.phone !== '_') {
      spans.push({ fromSeconds: phone.startSeconds, toSeconds: phone.endSeconds })
    }
  }
  return spans
}

/** 1 while speaking, exactly 0 at rest; the mouth gets ready just before and comes to rest just after. */
function speakingAt(spans: readonly Span[], first: number, seconds: number): number {
  let most = 0
  for (let i = first; i < spans.length && spans[i]!.fromSeconds < seconds + 0.2; i++) {
    most = Math.max(most, plateau(seconds, spans[i]!.fromSeconds - 0.005, spans[i]!.toSeconds, 0.1, 0.1))
  }
  return most
}

const INDEX = Object.fromEntries(ARTICULATORS.map((name, index) => [name, index])) as Record<Articulator, number>

function blendAt(gestures: readonly Gesture[], first: number, seconds: number): Float64Array {
  const sums = new Float64Array(ARTICULATORS.length)
  let jawTotal = 1e-9
  let lipTotal = 1e-9
  for (let i = first; i < gestures.length && gestures[i]!.startSeconds < seconds + GESTURE_REACH; i++) {
    const gesture = gestures[i]!
    const { target, jawStrength, lipStrength } = gesture.articulation
    const shape = dominance(gesture, seconds)
    const jaw = shape * jawStrength
    const lips = shape * lipStrength
    jawTotal += jaw
    lipTotal += lips
    for (const [name, value] of Object.entries(target) as [Articulator, number][]) {
      const index = INDEX[name]
      if (name === 'jaw') sums[index] = sums[index]! + jaw * value * gesture.jawGain
      else if (name === 'tongueUp' || name === 'tongueOut') {
        // The tongue is quick and nobody else's: it reaches its target whatever comes round it.
        const reach = value * plateau(seconds, gesture.startSeconds, gesture.endSeconds, 0.07, 0.07)
        sums[index] = Math.max(sums[index]!, reach)
      } else sums[index] = sums[index]! + lips * value
    }
  }
  for (const name of ARTICULATORS) {
    if (name === 'tongueUp' || name === 'tongueOut') continue
    sums[INDEX[name]] = sums[INDEX[name]]! / (name === 'jaw' ? jawTotal : lipTotal)
  }
  return sums
}

/** 1 in the middle of a gesture, falling on either side; earlier on the side of anticipation. */
function dominance(gesture: Gesture, seconds: number): number {
  const length = gesture.endSeconds - gesture.startSeconds
  const inset = Math.min(length * 0.3, 0.06)
  const before = gesture.startSeconds + inset - seconds
  const after = seconds - (gesture.endSeconds - inset)
  if (before > 0) return Math.exp(-((before / (0.045 + gesture.articulation.leadSeconds * 0.3)) ** 1.5))
  // What insists more than others would also linger longer: it lets go faster instead, so that ee after w is spread.
  if (after > 0) return Math.exp(-((after / (0.06 / Math.max(1, gesture.articulation.lipStrength) ** 0.4)) ** 1.5))
  return 1
}

function strongestSeal(seals: readonly Seal[], first: number, kind: Seal['kind'], seconds: number): number {
  let most = 0
  for (let i = first; i < seals.length && seals[i]!.fromSeconds < seconds + SEAL_REACH; i++) {
    if (seals[i]!.kind === kind) most = Math.max(most, sealAt(seals[i]!, seconds))
  }
  return most
}

function writeRow(shapes: Float32Array, row: number, values: Float64Array, lipSeal: number, teethSeal: number): void {
  const free = 1 - lipSeal
  const loose = free * (1 - teethSeal)
  const jaw = values[INDEX.jaw]! * JAW_REACH * (1 - 0.35 * lipSeal) * (1 - 0.4 * teethSeal)
  const set = (shape: Shape, weight: number): void => {
    // Steps of 1/1024 keep plans, and so cached segments, equal where nothing visible changed.
    shapes[row + SHAPE_INDEX[shape]] = Math.round(clamp(weight, 0, 1) * 1024) / 1024
  }
  set('jawOpen', jaw)
  set('mouthClose', jaw * lipSeal)
  set('lipsPress', lipSeal * 0.15)
  set('lipsPart', values[INDEX.part]! * loose)
  set('lipsRound', values[INDEX.round]! * (1 - 0.4 * lipSeal))
  set('lipsFunnel', values[INDEX.funnel]! * (1 - 0.6 * lipSeal))
  // The muscle that shuts the lips draws spread corners in: b between ee and a is less wide than they are.
  set('lipsWide', values[INDEX.wide]! * (1 - 0.5 * lipSeal))
  set('upperLipUp', values[INDEX.upper]! * free)
  set('lowerLipDown', values[INDEX.lower]! * loose)
  set('lowerLipTuck', teethSeal * free)
  set('tongueUp', values[INDEX.tongueUp]!)
  set('tongueOut', values[INDEX.tongueOut]! * free)
}
