// The order of preparing a film: read, followed piece by piece, then planned.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { MOST_FOOTAGE, type VideoSpec } from '../core/spec.ts'
import type { Media } from './media.ts'
import { prepareFilm } from './prepare-film.ts'
import type { Prepared, Span } from './tasks.ts'
import { paperPool } from './test-kit.ts'

const SPEC: VideoSpec = {
  name: 'A film',
  canvas: MOST_FOOTAGE,
  scenes: [
    {
      character: null,
      voice: { kind: 'silence', seconds: 30 },
      background: { kind: 'color', color: '#000000' },
    },
  ],
  footage: { source: { path: '/film.mp4' }, playback: 'normal' },
  seed: 1,
}
const CANVAS = { width: 640, height: 360, fps: 25 }

describe('preparing a film', () => {
  let folder: string
  let fetched: number
  let media: Media
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rostrum-prepare-film-'))
    fetched = 0
    media = {
      find: async () => {
        fetched++
        await writeFile(join(folder, 'film.mp4'), 'film')
        return { path: join(folder, 'film.mp4'), hash: 'film' }
      },
    }
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('reads it, follows the face through all of it in spans, and then plans', async () => {
    const spans: Span[] = []
    const progress: number[] = []
    const prepared = { frameCount: 750 } as Prepared
    const pool = paperPool({
      film: async ({ most }) => {
        assert.deepEqual(most, MOST_FOOTAGE)
        return { canvas: CANVAS, frameCount: 605, pieceFrames: 25 }
      },
      track: async ({ fromPiece, toPiece }) => {
        spans.push({ fromPiece, toPiece })
        return null
      },
      dub: async (input) => {
        assert.deepEqual(input.spans, spans)
        assert.equal(input.filmHash, 'film')
        return prepared
      },
    })
    const options = { onProgress: (share: number) => progress.push(share) }
    assert.equal(await prepareFilm(pool, media, SPEC, folder, options), prepared)
    assert.deepEqual(pool.asked, ['film', 'track', 'track', 'track', 'dub'])
    assert.deepEqual(spans, [
      { fromPiece: 0, toPiece: 10 },
      { fromPiece: 10, toPiece: 20 },
      { fromPiece: 20, toPiece: 25 },
    ])
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    )
    spans.length = 0
    await prepareFilm(pool, media, SPEC, folder)
    assert.equal(fetched, 1, 'the film is not fetched again')
  })

  it('stops where a part of it fails', async () => {
    const pool = paperPool({
      film: async () => ({ canvas: CANVAS, frameCount: 605, pieceFrames: 25 }),
      track: async ({ fromPiece }) => {
        if (fromPiece === 10) throw new Error('lost')
        return null
      },
    })
    await assert.rejects(prepareFilm(pool, media, SPEC, folder), /lost/)
    assert.ok(!pool.asked.includes('dub'))
  })

  it('refuses a film of several scenes, or of several files', async () => {
    const scene = SPEC.scenes[0]!
    const two = { ...SPEC, scenes: [scene, scene] }
    await assert.rejects(prepareFilm(paperPool(), media, two, folder), /has one scene/)
    const outputs = [{ kind: 'video', format: 'mp4', captions: false }, { kind: 'gif' }] as const
    await assert.rejects(prepareFilm(paperPool(), media, { ...SPEC, outputs }, folder), /not supported here/)
  })
})
