// One painting thread of a pool: a frame's state comes in by message, its planes go out through shared memory.
import { parentPort, workerData } from 'node:worker_threads'
import type { FrameState } from '../../core/plan.ts'
import type { Rig, TexturePlanes } from '../../core/rig.ts'
import type { Canvas } from '../../core/spec.ts'
import { backgroundKey, openPainter } from './painter.ts'

/** What a pool gives each of its threads. */
export type PoolWorkerData = {
  readonly canvas: Canvas
  readonly rigs: ReadonlyMap<string, Rig>
  readonly backgrounds: ReadonlyMap<string, TexturePlanes>
  readonly kernel: WebAssembly.Module
  /** Each takes one frame: y, then u, then v. */
  readonly slots: readonly SharedArrayBuffer[]
}

/** Paint this into that slot. */
export type PoolJob = { readonly id: number; readonly slot: number; readonly state: FrameState }

/** Painted, or why not. */
export type PoolAnswer = { readonly id: number; readonly error: unknown }

const { canvas, rigs, backgrounds, kernel, slots } = workerData as PoolWorkerData
const painter = await openPainter({
  canvas,
  rigs,
  kernel,
  background(background, _canvas, avatarId) {
    const key = backgroundKey(background, avatarId)
    const picture = backgrounds.get(key)
    if (!picture) throw new RangeError(`The pool was given no background "${key}".`)
    return picture
  },
})

parentPort?.on('message', ({ id, slot, state }: PoolJob) => {
  let error: unknown = null
  try {
    const { y, u, v } = painter.paint(state)
    const planes = new Uint8Array(slots[slot]!)
    planes.set(y)
    planes.set(u, y.length)
    planes.set(v, y.length + u.length)
  } catch (cause) {
    error = cause
  }
  parentPort?.postMessage({ id, error } satisfies PoolAnswer)
})
