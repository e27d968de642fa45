// What would disappoint in a video that can be made: told before it is made.
import type { Canvas, Fit, Scene, VideoSpec } from '../core/spec.ts'
import { placeCharacter } from './layout.ts'
import type { RigFacts } from './rig-facts.ts'

/** Characters a second that most readers keep up with: the usual limit of subtitles, and that of Chinese or Korean ones. */
const READABLE = 20
const READABLE_SYLLABLES = 9
const SYLLABLE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
/** A scene that is shorter is hardly seen, in seconds. */
const SHORT_SECONDS = 1
/** A video that is longer takes its time, in seconds. */
const LONG_SECONDS = 3600
/** From this enlargement on, a picture looks soft. */
const SOFT = 1.5

/** Sentences about words and lengths. @param sceneSeconds the exact length of each scene. */
export function timeWarnings({ scenes, captions }: VideoSpec, sceneSeconds: readonly number[]): readonly string[] {
  const warnings: string[] = []
  for (const [index, { voice }] of scenes.entries()) {
    const seconds = sceneSeconds[index] ?? 0
    const name = `Scene ${index + 1}`
    if (seconds < SHORT_SECONDS) warnings.push(`${name} lasts only ${round(seconds)} s.`)
    if (!captions || voice.kind !== 'script' || seconds === 0) continue
    const rate = [...voice.text.replace(/<[^>]*>/g, '')].length / seconds
    const limit = SYLLABLE.test(voice.text) ? READABLE_SYLLABLES : READABLE
    if (rate <= limit) continue
    const slower = round(((voice.settings.speed ?? 1) * limit) / rate)
    warnings.push(
      `${name}: its captions are too fast to read, ${Math.round(rate)} characters a second where ${limit} are usual. A speed of ${slower} would do.`,
    )
  }
  const whole = sceneSeconds.reduce((sum, seconds) => sum + seconds, 0)
  if (whole > LONG_SECONDS) warnings.push(`The video lasts ${Math.round(whole / 60)} minutes.`)
  return warnings
}

/** A sentence about a picture behind a scene that is smaller than the canvas; null where it is large enough. */
export function pictureWarning(
  index: number,
  picture: { readonly width: number; readonly height: number },
  canvas: Canvas,
  fit: Fit,
): string | null {
  if (fit === 'none') return null
  const [wide, high] = [canvas.width / picture.width, canvas.height / picture.height]
  const scale = fit === 'contain' ? Math.min(wide, high) : Math.max(wide, high)
  if (scale < SOFT) return null
  return `Scene ${index + 1}: the picture behind is too small, ${picture.width}x${picture.height}; it is enlarged ${round(scale)} times.`
}

/** A sentence about a photo that is smaller than it is shown; null where it is large enough. */
export function photoWarning(
  index: number,
  { character, background }: Scene,
  canvas: Canvas,
  facts: RigFacts,
): string | null {
  const { scale } = placeCharacter(canvas, facts, background, character?.stance)
  if (scale < SOFT) return null
  const head = Math.round(facts.headBox.height)
  return `Scene ${index + 1}: the photo is too small, its head has ${head} pixels; it is enlarged ${round(scale)} times.`
}

const round = (value: number): number => Math.round(value * 10) / 10
