// Portraits of our own to make photo avatars of: presenters who sat for a photographer or a painter. Nobody real, no files.
import { readFile } from 'node:fs/promises'
import { createCanvas } from '@napi-rs/canvas'
import sharp, { type Sharp } from 'sharp'
import type { Backdrop } from '../src/core/backdrop.ts'
import { HEAD_CHANNEL_COUNT } from '../src/core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX, type Shape } from '../src/core/shapes.ts'
import { chance, smoothNoise } from '../src/domain/random.ts'
import { decodeRig } from '../src/engines/faces/rig-file.ts'
import { planesToRgb } from '../src/engines/media/planes.ts'
import { openPainter } from '../src/engines/painter/painter.ts'
import { drawBackdrop } from '../src/engines/pictures/backdrop.ts'
import type { Library } from '../src/services/library.ts'

/** Packed sRGB pixels. */
type Pixels = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

type Sitting = {
  readonly name: string
  readonly avatarId: string
  readonly face: Readonly<Partial<Record<Shape, number>>>
  /** Yaw, pitch and roll in degrees. */
  readonly head: readonly [number, number, number]
  readonly backdrop: Backdrop
  /** Height of the head, and what is over it, as shares of the picture's height. */
  readonly frame: readonly [number, number]
  readonly finish: (pixels: Pixels) => Promise<Buffer>
}

const SIZE = { width: 1120, height: 1400 }

/** Two photographs and two works by hand; sitters with and without beard and glasses. */
const SITTINGS: readonly Sitting[] = [
  {
    name: 'window',
    avatarId: 'lukas',
    face: { smile: 0.15, browsUp: 0.1, gazeX: -0.5 },
    head: [7, -2, 3],
    backdrop: { kind: 'home', color: '#8d8478', accent: '#c9a36a', seed: 11 },
    frame: [0.5, 0.13],
    finish: byTheWindow,
  },
  {
    name: 'smile',
    avatarId: 'maya',
    face: { smile: 0.9, upperLipUp: 0.9, lowerLipDown: 0.6, jawOpen: 0.1, squint: 0.3 },
    head: [-4, 2, -7],
    backdrop: { kind: 'park', color: '#7fa05a', accent: '#dfe7c8', seed: 5 },
    frame: [0.62, 0.1],
    finish: snapshot,
  },
  {
    name: 'pencil',
    avatarId: 'emily',
    face: {},
    head: [-8, 1, 0],
    backdrop: { kind: 'studio', color: '#d8d4cc', glow: '#f2efe8', vignette: 0.1 },
    frame: [0.5, 0.14],
    finish: pencil,
  },
  {
    name: 'painting',
    avatarId: 'samuel',
    face: { browsInnerUp: 0.1 },
    head: [7, 0, 0],
    backdrop: { kind: 'studio', color: '#5d4e3c', glow: '#8a7355', vignette: 0.5 },
    frame: [0.46, 0.14],
    finish: inOil,
  },
]

/** Their names, in order. */
export const PORTRAITS: readonly string[] = SITTINGS.map(({ name }) => name)

/** Makes one: the bytes of a picture file, the same every time. */
export async function makePortrait(library: Library, name: string): Promise<Buffer> {
  const sitting = SITTINGS.find((one) => one.name === name)
  if (!sitting) throw new RangeError(`There is no portrait ${name}; there are ${PORTRAITS.join(', ')}.`)
  return sitting.finish(await paintSitter(library, sitting))
}

async function paintSitter(library: Library, { avatarId, face, head, backdrop, frame }: Sitting): Promise<Pixels> {
  const rig = decodeRig(await readFile((await library.rigFor(avatarId)).path))
  const scale = (frame[0] * SIZE.height) / rig.headBox.height
  const placement = {
    scale,
    x: SIZE.width / 2 - (rig.headBox.x + rig.headBox.width / 2) * scale,
    y: frame[1] * SIZE.height - rig.headBox.y * scale,
  }
  const painter = await openPainter({
    canvas: { ...SIZE, fps: 25 },
    rigs: new Map([[avatarId, rig]]),
    background: () => drawBackdrop(backdrop, SIZE.width, SIZE.height),
  })
  const shapes = new Float32Array(SHAPE_COUNT)
  for (const [shape, weight] of Object.entries(face)) shapes[SHAPE_INDEX[shape as Shape]] = weight
  const turned = new Float32Array(HEAD_CHANNEL_COUNT)
  turned.set(head.map((degrees) => (degrees * Math.PI) / 180))
  const character = { avatarId, placement, shapes, head: turned }
  const picture = painter.paint({ frame: 0, background: { kind: 'color', color: '#000000' }, character })
  return { ...SIZE, rgb: planesToRgb(picture) }
}

/** Warm light from the left, shade on the right, the grain of a fast film. */
function byTheWindow({ width, height, rgb }: Pixels): Promise<Buffer> {
  const out = new Uint8Array(rgb.length)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height]
    const light = (1.22 - 0.62 * x) * (1 - 0.25 * (x - 0.4) ** 2 - 0.2 * (y - 0.4) ** 2)
    const grain = 7 * (chance(1, i) + chance(2, i) - 1)
    for (const [c, warmth] of [1.05, 0.99, 0.88].entries()) {
      out[i * 3 + c] = Math.max(0, Math.min(255, rgb[i * 3 + c]! * (light * warmth) ** 0.8 + grain))
    }
  }
  return toSharp({ width, height, rgb: out }).jpeg({ quality: 88 }).toBuffer()
}

/** A telephone's picture: bright, contrasty, a little soft, cut close and askew. */
function snapshot(pixels: Pixels): Promise<Buffer> {
  return toSharp(pixels)
    .linear(1.12, -4)
    .blur(0.7)
    .extract({ left: 60, top: 30, width: 980, height: 1190 })
    .jpeg({ quality: 80 })
    .toBuffer()
}

/** Lines where tones change, hatching where it is dark, on paper. */
async function pencil({ width, height, rgb }: Pixels): Promise<Buffer> {
  const grey = await channelOf(toSharp({ width, height, rgb }).greyscale())
  const wide = await channelOf(toSharp({ width, height, rgb }).greyscale().blur(9))
  const out = new Uint8Array(rgb.length)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    // Dividing by what is around leaves the lines (the dodge of darkroom prints).
    const line = Math.min(1, (grey[i]! + 4) / (wide[i]! + 4)) ** 2.4
    const dark = 1 - grey[i]! / 255
    const wander = 3 * smoothNoise(3, x / 90, 1) + 3 * smoothNoise(4, y / 90, 1)
    const stroke = 0.5 + 0.5 * Math.sin((x + y + wander * 2) * 0.9)
    const across = 0.5 + 0.5 * Math.sin((x - 1.4 * y + wander * 2) * 0.8)
    const hatching = 1 - 0.55 * dark * stroke - 0.5 * Math.max(0, dark - 0.45) * across - 0.35 * dark ** 2
    const tooth = 1 - 0.06 * chance(5, i)
    const tone = line * hatching * tooth
    // Graphite on cream.
    for (const [c, [ink, paper]] of [
      [44, 250],
      [40, 244],
      [42, 230],
    ].entries()) {
      out[i * 3 + c] = ink! + (paper! - ink!) * tone
    }
  }
  return toSharp({ width, height, rgb: out }).png().toBuffer()
}

/** Widths of the brushes, broad ones first; and how far a colour may be off before a finer one goes over it. */
const BRUSHES = [46, 22, 11, 6] as const
const OFF = [0, 26, 20, 15] as const

/**
 * Strokes along the edges of tones, broad ones first and finer ones where they are still wrong.
 * Source: Hertzmann, "Painterly rendering with curved brush strokes of multiple sizes" (SIGGRAPH 1998), with straight strokes.
 */
async function inOil({ width, height, rgb }: Pixels): Promise<Buffer> {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#5b4a38'
  context.fillRect(0, 0, width, height)
  context.lineCap = 'round'
  for (const [layer, brush] of BRUSHES.entries()) {
    const soft = await rgbOf(toSharp({ width, height, rgb }).blur(Math.max(0.6, brush / 5)))
    const painted = context.getImageData(0, 0, width, height).data
    const step = Math.max(3, Math.round(brush * 0.45))
    const places: [number, number][] = []
    for (let y = 1; y < height - 1; y += step) for (let x = 1; x < width - 1; x += step) places.push([x, y])
    // No order of rows shows in the paint.
    places.sort(([ax, ay], [bx, by]) => chance(layer, ax, ay) - chance(layer, bx, by))
    for (const [x, y] of places) {
      const at = y * width + x
      const [r, g, b] = [soft[at * 3]!, soft[at * 3 + 1]!, soft[at * 3 + 2]!]
      const off =
        Math.abs(r - painted[at * 4]!) + Math.abs(g - painted[at * 4 + 1]!) + Math.abs(b - painted[at * 4 + 2]!)
      if (layer > 0 && off < OFF[layer]!) continue
      const luma = (dx: number, dy: number) => soft[(at + dy * width + dx) * 3 + 1]!
      const [gx, gy] = [luma(1, 0) - luma(-1, 0), luma(0, 1) - luma(0, -1)]
      const turn = Math.hypot(gx, gy) > 1 ? Math.atan2(gx, -gy) : 0.9 + 0.5 * chance(6, x, y)
      const half = brush * (0.5 + 0.6 * chance(7, x, y))
      const shift = (key: number) => 12 * (chance(key, x, y) - 0.5)
      context.strokeStyle = `rgb(${r + shift(8)}, ${g + shift(8) + shift(9) * 0.4}, ${b + shift(8) - shift(9) * 0.4})`
      context.lineWidth = brush * (0.6 + 0.3 * chance(10, x, y))
      context.globalAlpha = 0.85
      context.beginPath()
      context.moveTo(x - Math.cos(turn) * half, y - Math.sin(turn) * half)
      context.lineTo(x + Math.cos(turn) * half, y + Math.sin(turn) * half)
      context.stroke()
    }
  }
  return sharp(canvas.toBuffer('image/png')).removeAlpha().webp({ quality: 90 }).toBuffer()
}

function toSharp({ width, height, rgb }: Pixels) {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
}

async function rgbOf(picture: Sharp): Promise<Uint8Array> {
  return new Uint8Array(await picture.raw().toBuffer())
}

/** One byte a pixel of a grey picture, however many channels it comes in. */
async function channelOf(picture: Sharp): Promise<Uint8Array> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  return Uint8Array.from({ length: info.width * info.height }, (_, i) => data[i * info.channels]!)
}
