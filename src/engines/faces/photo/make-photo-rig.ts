// From a checked photo to a rig that speaks: the recipe.
import type { Box, Rig } from '../../../core/rig.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { breathAt } from './breath.ts'
import { eyeLayers } from './eye-layers.ts'
import { eyeMotion } from './eye-motion.ts'
import { type FaceFrame, landmark, measureFace } from './face-frame.ts'
import { findEyes } from './find-eyes.ts'
import { wearsGlasses } from './find-glasses.ts'
import { findLips } from './find-lips.ts'
import { shapeHead } from './head-shape.ts'
import { POINT } from './landmark-sets.ts'
import { lidLayers } from './lid-layers.ts'
import { mouthLayers } from './mouth-layers.ts'
import { mouthMotion } from './mouth-motion.ts'
import { fromLocal } from './opening-frame.ts'
import { type Motion, personLayers } from './person-layers.ts'
import { meshPerson } from './person-mesh.ts'
import type { Photo } from './photo.ts'
import { readLight } from './photo-light.ts'
import { scalePhoto } from './scale-photo.ts'

/**
 * Makes a photo's rig. Its space is the photo's, scaled so that the face has the size of presenters' faces; the lips rest
 * closed, whatever the photo shows; the photo's own background stands behind as {@link Rig.backdrop}, which fills rig space.
 *
 * @throws Fault 'invalid' where the photo's points lie on top of one another.
 */
export function makePhotoRig(given: Photo): Rig {
  const photo = scalePhoto(given, measureFace(given).scale)
  const face = measureFace(photo)
  const head = shapeHead(photo, face)
  const lips = findLips(photo, face)
  const eyes = findEyes(photo, face)
  const light = readLight(photo, face, lips, eyes)
  const motion: Motion = {
    head,
    mouth: mouthMotion(face, lips, head),
    eyes: eyeMotion(face, eyes, wearsGlasses(photo, face, eyes, light.skin)),
    breath: breathAt(face, head),
  }
  const [left, right] = [-1, 1].map((along) => {
    const { x, y } = fromLocal(lips.frame, along, 0)
    return { x, y, z: head.depthAt(x, y) }
  })
  const ears = [landmark(face, POINT.leftEar), landmark(face, POINT.rightEar)] as const
  const pupils = eyes.map(({ iris }) => iris)
  const [x, y] = [(pupils[0]!.x + pupils[1]!.x) / 2, (pupils[0]!.y + pupils[1]!.y) / 2]
  return {
    format: 1,
    width: face.width,
    height: face.height,
    layers: [
      ...mouthLayers(photo, face, lips, head, motion.mouth, light),
      ...eyeLayers(photo, face, eyes, motion.eyes, head),
      ...personLayers(photo, face, lips, eyes, meshPerson(face, lips, eyes), motion),
      ...lidLayers(photo, face, eyes, motion.eyes, head, light),
    ],
    headPivot: { x: (ears[0].x + ears[1].x) / 2, y: landmark(face, POINT.noseBase).y, z: face.earDepth },
    headBox: boxOfHead(photo, face),
    mouth: { left: left!, right: right! },
    eyes: { x, y, z: head.depthAt(x, y) },
    bodySpan: spanAtBottom(photo, face),
    backdrop: rgbaToPlanes(withAlpha(given.backdropRgb), given.width, given.height, true),
  }
}

/** From the crown, hair included, to the chin; from ear to ear. */
function boxOfHead({ matte, width }: Photo, face: FaceFrame): Box {
  const chin = landmark(face, POINT.chin)
  const forehead = landmark(face, POINT.forehead)
  const xs = face.oval.filter((_, i) => i % 2 === 0)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  // Hair is looked for over the middle of the face, at most as high over the forehead as the face is tall.
  const from = Math.round(((left + right) / 2 - (right - left) / 4) / face.scale)
  const to = Math.round(((left + right) / 2 + (right - left) / 4) / face.scale)
  const least = Math.max(0, Math.round((2 * forehead.y - chin.y) / face.scale))
  let top = Math.max(least, Math.round(forehead.y / face.scale))
  const isPerson = (row: number) => {
    let count = 0
    for (let x = Math.max(0, from); x <= Math.min(width - 1, to); x++) if (matte[row * width + x]! > 127) count++
    return count > (to - from) * 0.15
  }
  while (top > least && isPerson(top - 1)) top--
  const y = top * face.scale
  return { x: left, y, width: right - left, height: chin.y - y }
}

function spanAtBottom({ matte, width, height }: Photo, face: FaceFrame): Rig['bodySpan'] {
  const row = matte.subarray((height - 1) * width)
  const first = row.findIndex((alpha) => alpha > 127)
  const last = row.findLastIndex((alpha) => alpha > 127)
  if (first < 0) return { left: 0, right: face.width }
  return { left: first * face.scale, right: (last + 1) * face.scale }
}

function withAlpha(rgb: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((rgb.length / 3) * 4).fill(255)
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from]!
    rgba[to + 1] = rgb[from + 1]!
    rgba[to + 2] = rgb[from + 2]!
  }
  return rgba
}
