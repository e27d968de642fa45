// From the bytes of a picture file to a checked, cut-out photo: all that comes before a rig.
import type { Box } from '../../../core/rig.ts'
import { loadFaceModels } from '../face-models.ts'
import { fillHole } from './fill-hole.ts'
import { findPerson } from './find-person.ts'
import { makeMatte } from './matte.ts'
import { ownColour } from './own-colour.ts'
import type { Photo } from './photo.ts'
import { type Person, readPerson } from './read-person.ts'
import type { PictureLimits } from './read-picture.ts'

/** What may be chosen. */
export type PrepareOptions = PictureLimits & {
  readonly signal?: AbortSignal
  /** Called with 0 to 1. */
  readonly onProgress?: (fraction: number) => void
}

/** A photo and what its face tells of its person. */
export type PreparedPhoto = Photo & { readonly person: Person }

/**
 * Reads, checks, cuts out: 7 seconds of two cores, most of it the matting model, and 1.4 GB while it runs.
 * @throws Fault `invalid` with the reason in words (see refusal.ts) where the picture cannot become an avatar; the
 * signal's reason where it is aborted.
 */
export async function preparePhoto(bytes: Uint8Array, options: PrepareOptions = {}): Promise<PreparedPhoto> {
  const step = (fraction: number) => {
    options.onProgress?.(fraction)
    options.signal?.throwIfAborted()
  }
  const models = await loadFaceModels()
  step(0.05)
  const { picture, pyramid, mesh, pose } = await findPerson(models, bytes, options)
  const person = await readPerson(models, pyramid, mesh.frame)
  step(0.15)
  const matte = await makeMatte(picture, mesh.frame)
  step(0.9)
  const backdropRgb = fillHole(picture, matte)
  const rgb = ownColour(picture, matte, backdropRgb)
  step(1)
  const { width, height } = picture
  return { width, height, rgb, matte, backdropRgb, landmarks: mesh.points, faceBox: boxOf(mesh.points), pose, person }
}

/** The box around a face's points. */
function boxOf(points: Float32Array): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < points.length; i += 3) {
    left = Math.min(left, points[i]!)
    right = Math.max(right, points[i]!)
    top = Math.min(top, points[i + 1]!)
    bottom = Math.max(bottom, points[i + 1]!)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}
