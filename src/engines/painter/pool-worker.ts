// One painting thread of a pool: a frame's state comes in by message, its planes go out through shared memory.
import { parentPort, workerData } from 'node:worker_threads'
import type { FrameState } from '../../core/plan.ts'
import type { Rig, TexturePlanes } from '../../core/rig.ts'
import type { Canvas } from '../../core/spec.ts'
import { openAlphaPainter } from './alpha-painter.ts'
import type { Overlay } from './lay-over.ts'
import { changedRows, openPainter, type YuvFrame } from './painter.ts'
import { sizedKey } from './pool-key.ts'

/** What a pool gives each of its threads. */
export type PoolWorkerData = {
  readonly canvas: Canvas
  readonly rigs: ReadonlyMap<string, Rig>
  readonly backgrounds: ReadonlyMap<string, TexturePlanes>
  readonly kernel: WebAssembly.Module
  readonly hasAlpha: boolean
  /** Each takes one frame: y, then u, then v, then alpha where frames have any. */
  readonly slots: readonly SharedArrayBuffer[]
  readonly mark?: Overlay | undefined
}

/** What of a picture tells in which rows it may differ from another. */
export type Painted = Pick<YuvFrame, 'standing' | 'moving'>

/** Paint this into that slot, which holds that picture so far. */
export type PoolJob = {
  readonly id: number
  readonly slot: number
  readonly state: FrameState
  readonly held: Painted | null
  /** The state's caption, where it is another than the last that this thread got. */
  readonly caption: Overlay | null
}

/** Painted, or why not. */
export type PoolAnswer =
  | { readonly id: number; readonly painted: Painted }
  | { readonly id: number; readonly painted: null; readonly error: unknown }

const { canvas, rigs, backgrounds, kernel, hasAlpha, slots, mark } = workerData as PoolWorkerData
let caption: Overlay | null = null
const painter = await (hasAlpha ? openAlphaPainter : openPainter)({
  canvas,
  rigs,
  kernel,
  mark,
  background(background, size, avatarId) {
    const key = sizedKey(background, size, avatarId)
    const picture = backgrounds.get(key)
    if (!picture) throw new RangeError(`The pool was given no background "${key}".`)
    return picture
  },
  caption() {
    if (!caption) throw new RangeError('The pool was given no caption.')
    return caption
  },
})

parentPort?.on('message', (job: PoolJob) => parentPort?.postMessage(answer(job)))

function answer({ id, slot, state, held, caption: newCaption }: PoolJob): PoolAnswer {
  try {
    caption = newCaption ?? caption
    const frame = painter.paint(state)
    const { top, end } = changedRows(frame, held)
    const planes = new Uint8Array(slots[slot]!)
    let start = 0
    for (const [plane, side] of [
      [frame.y, 1],
      [frame.u, 2],
      [frame.v, 2],
      ...(frame.a ? [[frame.a, 1] as const] : []),
    ] as const) {
      const stride = canvas.width / side
      const [from, to] = [(top / side) * stride, (end / side) * stride]
      planes.set(plane.subarray(from, to), start + from)
      start += plane.length
    }
    return { id, painted: { standing: frame.standing, moving: frame.moving } }
  } catch (error) {
    return { id, painted: null, error }
  }
}
