// The cues of a whole video, in its own time.
import type { CaptionCue } from '../../core/captions.ts'
import { scriptOf, type VideoSpec } from '../../core/spec.ts'
import type { Speech } from '../../core/speech.ts'
import { captionWords } from './caption-words.ts'
import { makeCues } from './make-cues.ts'
import { captionSetting } from './plan-captions.ts'

/**
 * No cue outlasts its scene.
 * @param words what is said in each scene, null where nothing is. @param starts where each scene begins, in seconds.
 */
export function videoCues(
  { canvas, scenes }: Pick<VideoSpec, 'canvas' | 'scenes'>,
  words: readonly (Pick<Speech, 'words'> | null)[],
  starts: readonly number[],
): readonly CaptionCue[] {
  const { lineLength } = captionSetting(canvas)
  return scenes.flatMap(({ voice }, index) => {
    const said = words[index]
    const script = scriptOf(voice)
    if (script === null || !said) return []
    const start = starts[index] ?? 0
    const end = starts[index + 1] ?? Number.POSITIVE_INFINITY
    return makeCues(captionWords(script, said.words), { lineLength, fps: canvas.fps })
      .map((cue) => shifted(cue, start))
      .map((cue) => ({ ...cue, endSeconds: Math.min(cue.endSeconds, end) }))
  })
}

function shifted(cue: CaptionCue, seconds: number): CaptionCue {
  const move = <Timed extends { startSeconds: number; endSeconds: number }>(timed: Timed): Timed => ({
    ...timed,
    startSeconds: timed.startSeconds + seconds,
    endSeconds: timed.endSeconds + seconds,
  })
  return { ...move(cue), lines: cue.lines.map((line) => line.map(move)) }
}
