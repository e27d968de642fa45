// Where a baked person's head, mouth, eyes and body stand in rig space.
import type { Rig } from '../../../core/rig.ts'
import { projectPoint, RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import type { Canvas } from './canvas.ts'
import type { Scene, ScenePart } from './scene.ts'

/** The measures of a rig. @param head coarse skin triangles of the head. @param body the picture that the bottom edge cuts. */
export function measure(
  scene: Scene,
  skin: ScenePart,
  head: readonly number[],
  body: Canvas,
): Pick<Rig, 'headPivot' | 'headBox' | 'mouth' | 'eyes' | 'bodySpan'> {
  const { human, camera } = scene
  const { triangles } = skin.source
  let [left, right, top, bottom] = [RIG_WIDTH, 0, RIG_HEIGHT, projectPoint(camera, human.chin).y]
  for (const t of head) {
    for (let k = 0; k < 3; k++) {
      const v = triangles[t * 3 + k]!
      left = Math.min(left, skin.coarse.screen[v * 3]!)
      right = Math.max(right, skin.coarse.screen[v * 3]!)
      top = Math.min(top, skin.coarse.screen[v * 3 + 1]!)
    }
  }
  for (const part of scene.parts) {
    if (part.kind !== 'hair') continue
    for (let i = 1; i < part.screen.length; i += 3) top = Math.min(top, part.screen[i]!)
  }
  bottom = Math.max(bottom, top + 1)
  const row = (RIG_HEIGHT - 1) * RIG_WIDTH
  const span = { left: RIG_WIDTH, right: 0 }
  for (let x = 0; x < RIG_WIDTH; x++) {
    if (body.rgba[(row + x) * 4 + 3]! < 128) continue
    span.left = Math.min(span.left, x)
    span.right = Math.max(span.right, x + 1)
  }
  const [eyeA, eyeB] = [projectPoint(camera, human.eyeLeft), projectPoint(camera, human.eyeRight)]
  return {
    headPivot: projectPoint(camera, human.headPivot),
    headBox: { x: left, y: top, width: right - left, height: bottom - top },
    mouth: { left: projectPoint(camera, human.mouthLeft), right: projectPoint(camera, human.mouthRight) },
    eyes: { x: (eyeA.x + eyeB.x) / 2, y: (eyeA.y + eyeB.y) / 2, z: (eyeA.z + eyeB.z) / 2 },
    bodySpan: span,
  }
}
