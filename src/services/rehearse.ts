// What a video would be, without making it: its words are spoken, its time and size estimated from videos before it.
import { sql } from 'kysely'
import type { VideoSpec } from '../core/spec.ts'
import type { Store } from './database.ts'
import type { Media } from './media.ts'
import type { RenderPool } from './render-pool.ts'
import { findSceneMedia } from './scene-media.ts'

/** A video that is not made. */
export type Rehearsal = {
  /** Exact length of each scene. */
  readonly sceneSeconds: readonly number[]
  /** How long making it would take once it is its turn, and how large it would be. */
  readonly estimate: {
    readonly seconds: number
    readonly bytes: number
    /** `measured` on the videos of this store, or `typical` where there are none yet. */
    readonly basis: 'measured' | 'typical'
  }
}

/** Speaks a video's words, measures its recordings and says what it would be. @throws Fault for what cannot be made. */
export type Rehearse = (spec: VideoSpec) => Promise<Rehearsal>

/** Of videos with one presenter on two cores: seconds and bytes for a million pixels in one frame. */
const TYPICAL = { seconds: 0.012, bytes: 4500 }
/** How many videos the measure is taken from. */
const SAMPLE = 20

/** @param pool where the words are spoken. @param media finds what scenes name. */
export function openRehearse({ db }: Store, pool: RenderPool, media: Media): Rehearse {
  return async (spec) => {
    const { pictures, sounds } = await findSceneMedia(spec, media, null)
    const { frameCounts } = await pool.run('rehearse', { spec, media: pictures, sounds })
    const { width, height, fps } = spec.canvas
    const frameCount = frameCounts.reduce((sum, count) => sum + count, 0)
    const measured = await costOf()
    const cost = measured ?? TYPICAL
    const load = (frameCount * width * height) / 1e6
    return {
      sceneSeconds: frameCounts.map((count) => count / fps),
      estimate: {
        seconds: cost.seconds * load,
        bytes: cost.bytes * load,
        basis: measured ? 'measured' : 'typical',
      },
    }
  }

  /** The mean cost of the last videos, or null where there are none. */
  async function costOf(): Promise<typeof TYPICAL | null> {
    const rows = await db
      .selectFrom('jobs')
      .select(['spec', 'result', 'started_at', 'ended_at'])
      .where('status', '=', 'completed')
      .where(sql<boolean>`spec->'footage' is null`)
      .orderBy('ended_at', 'desc')
      .limit(SAMPLE)
      .execute()
    let seconds = 0
    let bytes = 0
    let load = 0
    for (const { spec, result, started_at: start, ended_at: end } of rows) {
      if (!result || start === null || end === null) continue
      const { width, height, fps } = spec.canvas
      load += (result.durationSeconds * fps * width * height) / 1e6
      seconds += (end - start) / 1000
      bytes += result.byteCount
    }
    return load > 0 ? { seconds: seconds / load, bytes: bytes / load } : null
  }
}
