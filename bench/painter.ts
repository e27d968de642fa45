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

function millisecondsPerFrame(work: (frame: number) => void): number {
  for (let frame = 0; frame < 30; frame++) work(frame)
  const start = performance.now()
  for (let frame = 0; frame < frames; frame++) work(frame)
  return (performance.now() - start) / frames
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
  'posing, ms a frame': Number(posing.toFixed(3)),
  'painting with posing, ms a frame': Number(whole.toFixed(3)),
  'frames a second': Math.round(1000 / whole),
})
