import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Fault, fullMessage } from '../../core/errors.ts'
import type { FrameState } from '../../core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { openPainter } from './painter.ts'
import { openPainterPool } from './pool.ts'
import { sizedKey } from './pool-key.ts'
import { gridLayer, rigOf, syntheticTexture } from './synthetic-rig.ts'

const canvas = { width: 128, height: 96, fps: 25 }
const wall = syntheticTexture(128, 96, false, 3)
const layers = [
  gridLayer('body', syntheticTexture(100, 60, true, 1), { x: 14, y: 36, width: 100, height: 60 }, 4, 4, 0.1),
  gridLayer('face', syntheticTexture(60, 60, true, 2), { x: 34, y: 4, width: 60, height: 60 }, 6, 6),
]
const rigs = new Map([['ada', rigOf(layers, 128, 96)]])
const backgrounds = new Map([[sizedKey({ kind: 'own' }, canvas, 'ada'), wall]])

function stateAt(frame: number, avatarId = 'ada'): FrameState {
  const shapes = new Float32Array(SHAPE_COUNT)
  shapes[SHAPE_INDEX.jawOpen] = 0.5 + 0.5 * Math.sin(frame)
  const head = Float32Array.of(0.2 * Math.sin(frame / 3), 0.1, 0.1 * Math.cos(frame), 0, 0, 0)
  const character = { avatarId, placement: { scale: 1, x: 0, y: 0 }, shapes, head }
  return { frame, background: { kind: 'own' }, character }
}

function* states(count: number): Generator<FrameState> {
  for (let frame = 0; frame < count; frame++) yield stateAt(frame)
}

const pool = await openPainterPool({ canvas, rigs, backgrounds, threads: 2 })
after(() => pool.close())

test('a pool hands out its frames in order, equal to those of a single painter', async () => {
  const painter = await openPainter({ canvas, rigs, background: () => wall })
  let expected = 0
  for await (const frame of pool.frames(states(40))) {
    assert.equal(frame.frame, expected)
    const alone = painter.paint(stateAt(expected++))
    assert.deepEqual(Buffer.from(frame.y), Buffer.from(alone.y))
    assert.deepEqual(Buffer.from(frame.u), Buffer.from(alone.u))
    assert.deepEqual(Buffer.from(frame.v), Buffer.from(alone.v))
    frame.release()
  }
  assert.equal(expected, 40)
})

test('a pool asks for no more states than it has memory for while the reader holds its frames', async () => {
  let asked = 0
  function* counted() {
    for (const state of states(100)) {
      asked++
      yield state
    }
  }
  const held = []
  const iteration = pool.frames(counted())
  for (let i = 0; i < 3; i++) held.push((await iteration.next()).value!)
  assert.ok(asked <= 6, `${asked} states for two threads`)
  assert.notEqual(held[0]!.y.buffer, held[1]!.y.buffer)
  for (const frame of held) frame.release()
  await iteration.return()
})

test('a reader that releases nothing is told so instead of waiting for ever', async () => {
  const held: { release(): void }[] = []
  await assert.rejects(async () => {
    for await (const frame of pool.frames(states(100))) held.push(frame)
  }, /release frames/)
  for (const frame of held) frame.release()
})

test('an abort ends the iteration with its reason, and the pool goes on working', async () => {
  const abort = new AbortController()
  await assert.rejects(async () => {
    for await (const frame of pool.frames(states(100), { signal: abort.signal })) {
      frame.release()
      if (frame.frame === 5) abort.abort(new Error('enough'))
    }
  }, /enough/)
  let count = 0
  for await (const frame of pool.frames(states(10))) {
    count++
    frame.release()
  }
  assert.equal(count, 10)
})

test('a frame that cannot be painted ends the iteration with the reason', async () => {
  await assert.rejects(
    async () => {
      for await (const frame of pool.frames([stateAt(0), stateAt(1, 'nobody')])) frame.release()
    },
    (error) => error instanceof Fault && /no prepared avatar "nobody"/.test(fullMessage(error)),
  )
})

test('a painting thread that dies ends the iteration', async () => {
  const worker = new URL(
    `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3))`,
  )
  const dying = await openPainterPool({ canvas, rigs, backgrounds, worker })
  await assert.rejects(dying.frames(states(3)).next(), /exit code 3/)
  await assert.rejects(dying.frames(states(3)).next(), /exit code 3/)
  await dying.close()
})

test('a painting thread that throws as it starts ends the iteration with its error', async () => {
  const worker = new URL(`data:text/javascript,throw new Error('no kernel today')`)
  const broken = await openPainterPool({ canvas, rigs, backgrounds, worker })
  await assert.rejects(broken.frames(states(3)).next(), (error) => /no kernel today/.test(fullMessage(error)))
  await broken.close()
})
