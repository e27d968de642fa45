// The face of a picture file; a small one in a very large picture is looked at near, and the picture cut down around it.
import { Fault } from '../../../core/errors.ts'
import type { FaceModels } from '../face-models.ts'
import { cropPicture } from './crop.ts'
import type { FaceMesh } from './face-mesh.ts'
import { findFace } from './find-face.ts'
import { type HeadPose, PHOTO_SIDE } from './photo.ts'
import { type Picture, type PictureLimits, readPicture } from './read-picture.ts'
import { makePyramid, type Pyramid } from './sample-patch.ts'

/** A picture and its face. */
export type FoundPerson = {
  readonly picture: Picture
  readonly pyramid: Pyramid
  readonly mesh: FaceMesh
  readonly pose: HeadPose
}

/** How much larger a picture is read where its face is too small. */
const NEARER = 2
/** Where the face's middle stands in the part that is cut out, from its top. */
const FACE_HEIGHT = 0.35

/** @throws Fault `invalid` with the reason where the picture cannot be read or its face cannot be used. */
export async function findPerson(models: FaceModels, bytes: Uint8Array, limits: PictureLimits): Promise<FoundPerson> {
  const maxSide = limits.maxSide ?? PHOTO_SIDE
  const whole = await readPicture(bytes, { ...limits, maxSide })
  try {
    return await look(models, whole)
  } catch (tooSmall) {
    if (!(tooSmall instanceof Fault) || tooSmall.reason !== 'face-too-small') throw tooSmall
    const near = await readPicture(bytes, { ...limits, maxSide: maxSide * NEARER })
    if (near.width === whole.width) throw tooSmall
    const { mesh } = await look(models, near)
    const width = Math.min(near.width, maxSide)
    const height = Math.min(near.height, maxSide)
    const within = (from: number, most: number) => Math.max(0, Math.min(most, Math.round(from)))
    const left = within(mesh.frame.x - width / 2, near.width - width)
    const top = within(mesh.frame.y - height * FACE_HEIGHT, near.height - height)
    return look(models, cropPicture(near, { left, top, width, height }))
  }
}

async function look(models: FaceModels, picture: Picture): Promise<FoundPerson> {
  const pyramid = makePyramid(picture)
  return { picture, pyramid, ...(await findFace(models, pyramid)) }
}
