// Follows one face from frame to frame: each look is framed by the points of the one before.
import { TRACKED_POINTS, type TrackedFace } from '../../../core/footage.ts'
import type { FaceModels } from '../face-models.ts'
import { detectFaces } from '../photo/detect-faces.ts'
import { frameOf, MESH_CROP, MESH_INPUT, meshFace, readMesh } from '../photo/face-mesh.ts'
import { makePyramid, type Patch } from '../photo/sample-patch.ts'
import { cutFrame, type Frame, sampleFrame } from './sample-frame.ts'

/** Below this the face counts as lost. Source: MediaPipe's default for tracking. */
const LEAST_SCORE = 0.5
/** After a face is lost it is looked for again in every so many frames: the detector takes several times as long. */
const SEARCH_EVERY = 5
/** A face whose frame moves or grows by more than this share of itself from one frame to the next is another one. */
const MOST_JUMP = 0.35

/** Follows faces; one for each run of frames. */
export type FaceTracker = {
  /** The face of the next frame, or null where none is seen. */
  next(frame: Frame): Promise<TrackedFace | null>
}

/** Starts to follow the largest face. */
export function startTracker(models: FaceModels): FaceTracker {
  let last: Patch | null = null
  let sinceSearch = SEARCH_EVERY

  const search = async (frame: Frame): Promise<Patch | null> => {
    const pyramid = makePyramid(cutFrame(frame, 0, 0, Math.max(frame.width, frame.height)))
    for (const face of await detectFaces(models, pyramid)) {
      const mesh = await meshFace(models, pyramid, face)
      if (mesh) return mesh.frame
    }
    return null
  }
  const look = async (frame: Frame, at: Patch) => {
    const crop = { ...at, size: at.size * MESH_CROP }
    return readMesh(models, sampleFrame(frame, crop, MESH_INPUT, 1), crop)
  }

  return {
    async next(frame) {
      let isFresh = false
      let seen = last && (await look(frame, last))
      if (seen && (seen.score < LEAST_SCORE || jumps(last!, frameOf(seen.points)))) seen = null
      if (!seen) {
        if (last) sinceSearch = SEARCH_EVERY
        last = null
        if (sinceSearch++ < SEARCH_EVERY) return null
        sinceSearch = 1
        const found = await search(frame)
        if (!found) return null
        seen = await look(frame, found)
        if (seen.score < LEAST_SCORE) return null
        isFresh = true
      }
      last = frameOf(seen.points)
      return { points: seen.points.subarray(0, TRACKED_POINTS * 3), score: seen.score, isFresh }
    },
  }
}

function jumps(before: Patch, after: Patch): boolean {
  const far = Math.hypot(after.x - before.x, after.y - before.y) / before.size
  return far > MOST_JUMP || Math.abs(Math.log(after.size / before.size)) > MOST_JUMP
}
