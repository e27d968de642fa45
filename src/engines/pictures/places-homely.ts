// Rooms: a wall of books, a living room, a classroom.
import { paintPlant } from './places-work.ts'
import {
  dice,
  fillGradient,
  type Light,
  mixed,
  paintBox,
  paintDisc,
  paintGlow,
  paintLine,
  type SoftCanvas,
  scaled,
} from './soft-canvas.ts'

/** Spines as they stand in most homes. */
const SPINES: readonly Light[] = [
  [0.34, 0.08, 0.06],
  [0.07, 0.12, 0.22],
  [0.6, 0.52, 0.38],
  [0.1, 0.19, 0.13],
  [0.4, 0.24, 0.08],
  [0.55, 0.5, 0.46],
  [0.05, 0.05, 0.06],
  [0.25, 0.06, 0.13],
  [0.1, 0.26, 0.3],
]
const LAMPLIGHT: Light = [1.5, 1.05, 0.6]

/** A wall of books. */
export function drawBookshelf(canvas: SoftCanvas, wood: Light, accent: Light, seed: number): void {
  const roll = dice(seed)
  fillGradient(canvas, scaled(wood, 0.42), scaled(wood, 0.3))
  const reach = canvas.side + 0.1
  const soft = 0.008
  for (let shelf = 0; shelf < 6; shelf++) {
    const floor = 0.155 + shelf * 0.178
    paintBox(canvas, [-reach, floor - 0.165, reach, floor], scaled(wood, 0.2), { soft }, scaled(wood, 0.42))
    for (let x = -1.25; x < 1.25; ) {
      const kind = roll()
      if (kind < 0.03) {
        // A gap with a thing in it.
        const size = 0.025 + 0.02 * roll()
        paintDisc(canvas, [x + 0.05, floor - size, size, size], scaled(accent, 0.3 + 0.4 * roll()), {
          soft: soft * 1.4,
        })
        x += 0.1
      } else if (kind < 0.14) {
        for (let k = 0; k < 3; k++) {
          const light = scaled(SPINES[Math.floor(roll() * SPINES.length)]!, 0.9)
          const high = floor - 0.022 * k
          paintBox(canvas, [x + 0.006, high - 0.02, x + 0.1 - 0.012 * k, high], light, { soft })
        }
        x += 0.115
      } else {
        const wide = 0.013 + 0.02 * roll()
        const tall = 0.095 + 0.045 * roll()
        const pick = roll() < 0.2 ? accent : SPINES[Math.floor(roll() * SPINES.length)]!
        const light = scaled(mixed(pick, wood, 0.15), 0.55 + 0.6 * roll())
        paintBox(canvas, [x, floor - tall, x + wide, floor], scaled(light, 0.75), { soft }, light)
        const band = floor - tall * (0.7 + 0.15 * roll())
        paintBox(canvas, [x, band, x + wide, band + 0.008], scaled(light, 1.9), { soft, alpha: 0.6 })
        x += wide + 0.0015
      }
    }
    paintBox(canvas, [-reach, floor, reach, floor + 0.014], scaled(wood, 1.25), { soft }, scaled(wood, 0.7))
  }
  for (const x of [-1.02, -0.34, 0.34, 1.02]) paintBox(canvas, [x - 0.012, -0.1, x + 0.012, 1.1], wood, { soft })
  paintGlow(canvas, [-0.55, 0.2, 0.35], scaled(LAMPLIGHT, 0.16))
  paintGlow(canvas, [0.6, 0.62, 0.3], scaled(LAMPLIGHT, 0.06))
}

/** A living room by day: a window with curtains, a sofa, pictures, a lamp. */
export function drawHome(canvas: SoftCanvas, wall: Light, accent: Light, seed: number): void {
  const roll = dice(seed)
  const flip = roll() < 0.5 ? 1 : -1
  fillGradient(canvas, wall, scaled(wall, 0.78))
  const reach = canvas.side + 0.2
  const box = (left: number, top: number, right: number, bottom: number) =>
    [Math.min(left * flip, right * flip), top, Math.max(left * flip, right * flip), bottom] as const
  paintBox(canvas, box(0.16, 0.08, 0.74, 0.6), [1.1, 1.14, 1.12], { soft: 0.016 }, [0.8, 0.95, 0.72])
  for (let k = 0; k < 26; k++) {
    const x = flip * (0.18 + 0.54 * roll())
    const size = 0.03 + 0.045 * roll()
    const light: Light = [0.3 + 0.3 * roll(), 0.5 + 0.35 * roll(), 0.22]
    paintDisc(canvas, [x, 0.42 + 0.17 * roll(), size, size], light, { soft: 0.022, alpha: 0.5 })
  }
  paintBox(canvas, box(0.155, 0.07, 0.175, 0.61), scaled(wall, 1.4), { soft: 0.01 })
  paintBox(canvas, box(0.44, 0.07, 0.458, 0.61), scaled(wall, 1.4), { soft: 0.01 })
  paintBox(canvas, box(0.155, 0.31, 0.74, 0.323), scaled(wall, 1.4), { soft: 0.01 })
  paintBox(canvas, box(0.13, 0.59, 0.8, 0.62), scaled(wall, 1.5), { soft: 0.012 })
  for (const [from, to] of [
    [0.06, 0.2],
    [0.68, 0.86],
  ] as const) {
    for (let k = 0; k < 6; k++) {
      const left = from + ((to - from) * k) / 6
      const light = mixed(scaled(accent, 1.2), scaled(wall, 1.1), 0.55)
      paintBox(canvas, box(left, 0.03, left + (to - from) / 6, 0.8), scaled(light, k % 2 ? 0.8 : 1.05), { soft: 0.015 })
    }
  }
  paintFrame(canvas, box(-0.42, 0.16, -0.14, 0.44), wall, accent, roll)
  paintFrame(canvas, box(-0.64, 0.22, -0.48, 0.4), wall, accent, roll)
  // The sofa, low, with cushions.
  paintBox(canvas, [-reach, 0.66, reach, 0.86], scaled(accent, 0.85), { soft: 0.03 }, scaled(accent, 0.5))
  for (let k = 0; k < 6; k++) {
    const x = -0.95 + k * 0.38 + 0.05 * roll()
    const light = roll() < 0.5 ? scaled(wall, 0.95) : mixed(accent, [0.7, 0.45, 0.2], 0.5)
    paintDisc(canvas, [x, 0.7, 0.1, 0.075], light, { soft: 0.03, alpha: 0.9 })
  }
  paintBox(canvas, [-reach, 0.84, reach, 1.2], scaled(accent, 0.42), { soft: 0.04 })
  const lamp = -0.72 * flip
  paintLine(canvas, [lamp, 0.3, lamp, 0.8], 0.01, [0.12, 0.1, 0.08], { soft: 0.008 })
  paintBox(canvas, [lamp - 0.07, 0.24, lamp + 0.07, 0.35], LAMPLIGHT, { soft: 0.018 }, scaled(LAMPLIGHT, 0.75))
  paintGlow(canvas, [lamp, 0.3, 0.17], scaled(LAMPLIGHT, 0.25))
  paintPlant(canvas, flip * 0.97, 0.72, 0.24, roll)
  paintGlow(canvas, [flip * 0.4, 0.3, 0.34], [0.16, 0.16, 0.14])
}

/** A classroom: a board with chalk on it, a shelf, children's pictures, a window's light. */
export function drawClassroom(canvas: SoftCanvas, wall: Light, board: Light, seed: number): void {
  const roll = dice(seed)
  fillGradient(canvas, wall, scaled(wall, 0.8))
  paintBox(canvas, [-0.72, 0.12, 0.72, 0.62], [0.36, 0.2, 0.09], { soft: 0.012 })
  paintBox(canvas, [-0.695, 0.14, 0.695, 0.6], scaled(board, 1.25), { soft: 0.012 }, scaled(board, 0.85))
  for (let k = 0; k < 10; k++) {
    const [x, y] = [-0.6 + 1.2 * roll(), 0.2 + 0.34 * roll()]
    paintDisc(canvas, [x, y, 0.14, 0.05], [0.5, 0.55, 0.52], { soft: 0.06, alpha: 0.09 })
  }
  for (let line = 0; line < 7; line++) {
    let x = (line % 2 ? 0.16 : -0.64) + 0.04 * roll()
    const y = 0.2 + Math.floor(line / 2) * 0.085
    for (let word = 0; word < 4; word++) {
      const wide = 0.05 + 0.07 * roll()
      for (let stroke = 0; stroke < wide / 0.016; stroke++) {
        const from = x + stroke * 0.016
        const light: Light = roll() < 0.12 ? [0.9, 0.75, 0.35] : [0.75, 0.78, 0.75]
        paintLine(canvas, [from, y + 0.016 * roll(), from + 0.014, y + 0.016 * roll()], 0.005, light, {
          soft: 0.005,
          alpha: 0.6,
        })
      }
      x += wide + 0.025
    }
  }
  paintBox(canvas, [-0.74, 0.615, 0.74, 0.64], [0.42, 0.25, 0.12], { soft: 0.01 })
  for (let k = 0; k < 12; k++) {
    const side = k % 2 ? 1 : -1
    const [x, y] = [side * (0.8 + 0.09 * Math.floor(k / 4)), 0.2 + 0.15 * (Math.floor(k / 2) % 3)]
    const light: Light = [0.35 + 0.6 * roll(), 0.35 + 0.5 * roll(), 0.3 + 0.5 * roll()]
    paintBox(canvas, [x - 0.035, y - 0.05, x + 0.035, y + 0.05], light, { soft: 0.012 })
  }
  const reach = canvas.side + 0.1
  paintBox(canvas, [-reach, 0.72, reach, 0.9], [0.45, 0.28, 0.13], { soft: 0.02 }, [0.28, 0.16, 0.08])
  for (let k = 0; k < 22; k++) {
    const x = -1.2 + k * 0.11 + 0.03 * roll()
    const tall = 0.06 + 0.05 * roll()
    const light = SPINES[Math.floor(roll() * SPINES.length)]!
    paintBox(canvas, [x, 0.725 - tall, x + 0.02 + 0.05 * roll(), 0.725], scaled(light, 1.5), { soft: 0.013 })
  }
  paintBox(canvas, [-reach, 0.88, reach, 1.2], [0.2, 0.13, 0.08], { soft: 0.03 })
  paintDisc(canvas, [0.93, 0.66, 0.06, 0.06], [0.1, 0.3, 0.5], { soft: 0.016 })
  paintGlow(canvas, [-0.9, 0.25, 0.4], [0.3, 0.29, 0.25])
}

function paintFrame(
  canvas: SoftCanvas,
  box: readonly [number, number, number, number],
  wall: Light,
  accent: Light,
  roll: () => number,
): void {
  const [left, top, right, bottom] = box
  paintBox(canvas, box, [0.1, 0.075, 0.05], { soft: 0.01 })
  paintBox(canvas, [left + 0.012, top + 0.012, right - 0.012, bottom - 0.012], scaled(wall, 1.5), { soft: 0.01 })
  for (let k = 0; k < 4; k++) {
    const x = left + 0.05 + (right - left - 0.1) * roll()
    const y = top + 0.07 + (bottom - top - 0.13) * roll()
    const size = 0.02 + 0.03 * roll()
    paintDisc(canvas, [x, y, size, size], mixed(accent, [0.7, 0.4, 0.3], roll()), { soft: 0.014, alpha: 0.7 })
  }
}
