// Rigs made of nothing, for tests and benchmarks: textured grids with the shape, size and triangle count of a presenter.
import type { LayerName, Rig, RigLayer, TexturePlanes } from '../../core/rig.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'

/** A colourful texture; with `soft` an ellipse whose edge fades over some 12 texels. */
export function syntheticTexture(width: number, height: number, soft: boolean, hue = 0): TexturePlanes {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const wave = Math.sin(x * 0.07 + hue) * Math.cos(y * 0.05 - hue)
      rgba[at] = 150 + 80 * wave
      rgba[at + 1] = 110 + 60 * Math.sin(hue + (x + y) * 0.02)
      rgba[at + 2] = 90 + 70 * Math.cos(hue * 2 + y * 0.03)
      const radius = Math.hypot((2 * (x + 0.5)) / width - 1, (2 * (y + 0.5)) / height - 1)
      rgba[at + 3] = soft ? Math.min(255, Math.max(0, (1 - radius) * Math.min(width, height) * 10)) : 255
    }
  }
  return rgbaToPlanes(rgba, width, height, !soft)
}

/** A rectangle of rig space as a grid of columns x rows x 2 triangles over the whole of a texture. */
export function gridLayer(
  name: LayerName,
  texture: TexturePlanes,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  columns: number,
  rows: number,
  headWeight = 1,
): RigLayer {
  const positions: number[] = []
  const uvs: number[] = []
  const triangles: number[] = []
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const [s, t] = [column / columns, row / rows]
      positions.push(box.x + s * box.width, box.y + t * box.height, 60 * Math.sin(Math.PI * s) * Math.sin(Math.PI * t))
      uvs.push(s * texture.width, t * texture.height)
      if (row === rows || column === columns) continue
      const corner = row * (columns + 1) + column
      const below = corner + columns + 1
      triangles.push(corner, corner + 1, below, corner + 1, below + 1, below)
    }
  }
  const vertices = Uint32Array.from({ length: positions.length / 3 }, (_, i) => i)
  return {
    name,
    texture,
    positions: new Float32Array(positions),
    uvs: new Float32Array(uvs),
    triangles: new Uint32Array(triangles),
    headWeights: new Float32Array(vertices.length).fill(headWeight),
    fields: {
      jawOpen: {
        vertices,
        offsets: Float32Array.from(positions, (_, i) => (i % 3 === 1 ? 6 * (i / positions.length) : 0)),
      },
    },
  }
}

/** Layers in a rig of the given size. */
export function rigOf(layers: readonly RigLayer[], width: number, height: number): Rig {
  return {
    format: 1,
    width,
    height,
    layers,
    headPivot: { x: width / 2, y: height * 0.45, z: -40 },
    headBox: { x: width * 0.3, y: height * 0.15, width: width * 0.4, height: height * 0.35 },
    mouth: { left: { x: width * 0.45, y: height * 0.4, z: 60 }, right: { x: width * 0.55, y: height * 0.4, z: 60 } },
    eyes: { x: width / 2, y: height * 0.3, z: 60 },
    bodySpan: { left: width * 0.1, right: width * 0.9 },
    backdrop: null,
  }
}

/** A stand-in for a presenter on a 1080x1920 canvas: about 10,000 triangles over 1.1 million layer pixels. */
export function presenterLikeRig(): Rig {
  const layers = [
    gridLayer('hairBack', syntheticTexture(560, 520, true, 1), { x: 260, y: 380, width: 560, height: 520 }, 24, 24),
    gridLayer('body', syntheticTexture(900, 800, true, 2), { x: 90, y: 1120, width: 900, height: 800 }, 20, 20, 0.1),
    gridLayer('mouthInside', syntheticTexture(160, 90, false, 3), { x: 460, y: 930, width: 160, height: 90 }, 8, 8),
    gridLayer('upperTeeth', syntheticTexture(120, 40, true, 4), { x: 480, y: 940, width: 120, height: 40 }, 16, 8),
    gridLayer('eyes', syntheticTexture(220, 60, false, 5), { x: 430, y: 720, width: 220, height: 60 }, 24, 8),
    gridLayer('face', syntheticTexture(460, 640, true, 6), { x: 310, y: 520, width: 460, height: 640 }, 50, 64),
    gridLayer('hair', syntheticTexture(520, 260, true, 7), { x: 280, y: 400, width: 520, height: 260 }, 20, 12),
  ]
  return rigOf(layers, 1080, 1920)
}
