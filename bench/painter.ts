// How many frames a second one painting thread makes of a rig with a presenter's size and triangle count.
import type { FrameState } from '../src/core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../src/core/shapes.ts'
import { openPainter } from '../src/engines/painter/painter.ts'
import { posedLayers, poseRig } from '../src/engines/painter/pose-rig.ts'
import { presenterLikeRig, syntheticTexture } from '../src/engines/painter/synthetic-rig.ts'

const canvas = { width: 1080, height: 1920, fps: 25 }
const rig = presenterLikeRig()
const frames = Number(process.argv[2] ?? 150)

function stateAt(frame: number): FrameState {
  const shapes = new Float32Array(SHAPE_COUNT)
  shapes[SHAPE_INDEX.jawOpen] = 0.5 + 0.5 * Math.sin(frame / 3)
  const head = Float32Array.of(
    0.1 * Math.sin(frame / 20),
    0.05 * Math.sin(frame / 13),
    0.03 * Math.sin(frame / 17),
    2,
    1,
    0,
  )
  const character = { avatarId: 'a', placement: { scale: 1, x: 0, y: 0 }, shapes, head }
  return { frame, background: { kind: 'own' }, character }
}

/** The mean and, since other work may share the machine, the fastest. */
function millisecondsPerFrame(work: (frame: number) => void): { mean: number; least: number } {
  for (let frame = 0; frame < 60; frame++) work(frame)
  let sum = 0
  let least = Number.POSITIVE_INFINITY
  for (let frame = 0; frame < frames; frame++) {
    const start = performance.now()
    work(frame)
    const taken = performance.now() - start
    sum += taken
    least = Math.min(least, taken)
  }
  return { mean: sum / frames, least }
}

const wall = syntheticTexture(canvas.width, canvas.height, false)
const painter = await openPainter({ canvas, rigs: new Map([['a', rig]]), background: () => wall })
const out = posedLayers(rig)
const triangles = rig.layers.reduce((sum, layer) => sum + layer.triangles.length / 3, 0)
const pixels = rig.layers.reduce((sum, layer) => sum + layer.texture.width * layer.texture.height, 0)
const posing = millisecondsPerFrame((frame) => {
  const { shapes, head, placement } = stateAt(frame).character!
  poseRig(rig, shapes, head, placement, out)
})
const whole = millisecondsPerFrame((frame) => painter.paint(stateAt(frame)))
console.table({
  'triangles a frame': triangles,
  'layer pixels a frame': pixels,
  'posing, ms a frame': Number(posing.mean.toFixed(3)),
  'painting with posing, ms a frame': Number(whole.mean.toFixed(2)),
  'fastest frame, ms': Number(whole.least.toFixed(2)),
  'frames a second': Math.round(1000 / whole.mean),
})
