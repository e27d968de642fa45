// The one main face of a picture: found, meshed and checked.
import type { FaceModels } from '../face-models.ts'
import { checkFace } from './check-face.ts'
import { detectFaces } from './detect-faces.ts'
import { type FaceMesh, meshFace } from './face-mesh.ts'
import { headPose } from './head-pose.ts'
import type { HeadPose } from './photo.ts'
import { refuse } from './refusal.ts'
import type { Pyramid } from './sample-patch.ts'

/** From this share of the largest face's size on, another one competes with it. */
const LIKE_SIZE = 0.6
/** Faces that are looked at closely, largest first. */
const MOST_FACES = 6

/**
 * Finds the main face of a picture.
 * @throws Fault `invalid` with the reason where there is none, where there are several, or where it cannot be used.
 */
export async function findFace(models: FaceModels, pyramid: Pyramid): Promise<{ mesh: FaceMesh; pose: HeadPose }> {
  const meshes: FaceMesh[] = []
  for (const face of (await detectFaces(models, pyramid)).slice(0, MOST_FACES)) {
    const mesh = await meshFace(models, pyramid, face)
    if (mesh && !meshes.some((other) => isSame(other, mesh))) meshes.push(mesh)
  }
  const [main, next] = meshes.sort((a, b) => b.frame.size - a.frame.size)
  if (!main) throw refuse('no-face')
  if (next && next.frame.size > LIKE_SIZE * main.frame.size) throw refuse('several-faces')
  const pose = headPose(main.points)
  checkFace(pyramid, main, pose)
  return { mesh: main, pose }
}

/** Two detections of one face end in the same mesh. */
function isSame({ frame: a }: FaceMesh, { frame: b }: FaceMesh): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < Math.max(a.size, b.size) * 0.3
}
