// Gives stops their closures: espeak-ng times a stop from its burst, but the mouth shuts before it.
import type { SpokenPhone } from './join-utterances.ts'

const STOPS = new Set('p b t d k ɡ q ɢ c ɟ ʈ ɖ ts dz tʃ dʒ tɕ dʑ tʂ dʐ'.split(' '))
const FRAME_SECONDS = 0.005
/** Closures are 50 to 90 ms long in running speech; longer quiet before a stop is a pause. */
const LONGEST_CLOSURE_SECONDS = 0.08
/** How long the mouth is shut before a burst that follows silence: nothing is heard of it. */
const SILENT_CLOSURE_SECONDS = 0.06
/** Quiet: this share of the loudest frame's level (-25 dB). */
const QUIET = 0.056
/** The sound before keeps at least this share of its time. */
const LEAST_KEPT = 0.4

/**
 * Moves the start of every stop and affricate back over the quiet that the sound shows before its burst; after a
 * silence, by {@link SILENT_CLOSURE_SECONDS}.
 */
export function withClosures(phones: readonly SpokenPhone[], samples: Float32Array, rate: number): SpokenPhone[] {
  const levels = frameLevels(samples, rate)
  const quiet = levels.reduce((most, level) => Math.max(most, level), 0) * QUIET
  const result = phones.map((phone) => ({ ...phone }))
  for (const [i, phone] of result.entries()) {
    if (!STOPS.has(phone.phone)) continue
    const before = result[i - 1]
    if (before === undefined || phone.startSeconds - before.endSeconds > 1e-6) {
      phone.startSeconds = Math.max(before?.endSeconds ?? 0, phone.startSeconds - SILENT_CLOSURE_SECONDS)
      continue
    }
    const earliest = Math.max(
      phone.startSeconds - LONGEST_CLOSURE_SECONDS,
      before.startSeconds + LEAST_KEPT * (before.endSeconds - before.startSeconds),
    )
    let frame = Math.floor(phone.startSeconds / FRAME_SECONDS)
    while ((levels[frame - 1] ?? 0) < quiet && (frame - 1) * FRAME_SECONDS >= earliest) frame--
    phone.startSeconds = Math.min(phone.startSeconds, frame * FRAME_SECONDS)
    before.endSeconds = phone.startSeconds
  }
  return result
}

function frameLevels(samples: Float32Array, rate: number): Float32Array {
  const length = Math.round(FRAME_SECONDS * rate)
  return Float32Array.from({ length: Math.ceil(samples.length / length) }, (_, frame) => {
    let sum = 0
    for (let i = frame * length; i < Math.min(samples.length, (frame + 1) * length); i++) sum += samples[i]! ** 2
    return Math.sqrt(sum / length)
  })
}
