// Places of work: an office behind glass, a newsroom of screens.
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

const DAYLIGHT: Light = [1.05, 1.12, 1.2]
const WARM: Light = [1.25, 1.0, 0.7]
const LEAF: Light = [0.07, 0.16, 0.06]

/** An open office: windows along one side, desks, plants, lamps in the ceiling. */
export function drawOffice(canvas: SoftCanvas, wall: Light, accent: Light, seed: number): void {
  const roll = dice(seed)
  const flip = roll() < 0.5 ? 1 : -1
  fillGradient(canvas, scaled(wall, 1.12), scaled(wall, 0.72))
  const reach = Math.max(1, canvas.side + 0.2)
  paintBox(canvas, [-reach, -0.1, reach, 0.1], scaled(wall, 1.3), { soft: 0.05 })
  for (let k = -3; k <= 3; k++) {
    const x = k * 0.42 + 0.1 * flip
    paintLine(canvas, [x, 0.11, x * 0.55, 0.2], 0.022, [1.5, 1.45, 1.35], { soft: 0.022, add: true })
  }
  // The window front, brightest at the side it is on.
  for (let k = 0; k < 7; k++) {
    const left = flip * (0.1 + k * 0.235)
    const right = left + flip * 0.21
    const box = [Math.min(left, right), 0.2, Math.max(left, right), 0.66] as const
    const strength = 0.55 + 0.07 * k
    paintBox(canvas, box, scaled(DAYLIGHT, strength), { soft: 0.018 }, scaled(DAYLIGHT, strength * 0.72))
    for (let t = 0; t < 4; t++) {
      const x = box[0] + 0.21 * roll()
      const top = 0.34 + 0.16 * roll()
      paintBox(canvas, [x - 0.04, top, x + 0.04, 0.66], [0.42, 0.5, 0.58], { soft: 0.03, alpha: 0.35 })
    }
  }
  paintLine(canvas, [flip * 0.1, 0.42, flip * 2, 0.42], 0.012, scaled(wall, 0.55), { soft: 0.012, alpha: 0.8 })
  // The other side: a wall with a board and shelves.
  const far = -flip * 0.12
  paintBox(canvas, [Math.min(far, far - flip * 0.36), 0.28, Math.max(far, far - flip * 0.36), 0.5], scaled(wall, 1.5), {
    soft: 0.014,
  })
  paintBox(
    canvas,
    [Math.min(far - flip * 0.46, far - flip * 1.1), 0.22, Math.max(far - flip * 0.46, far - flip * 1.1), 0.7],
    scaled(accent, 0.6),
    { soft: 0.016 },
  )
  for (let row = 0; row < 4; row++) {
    for (let k = 0; k < 9; k++) {
      const x = far - flip * (0.49 + 0.066 * k)
      const tall = 0.05 + 0.035 * roll()
      const base = 0.325 + row * 0.115
      const light = mixed(scaled(accent, 1.6), [0.6 * roll(), 0.5 * roll(), 0.5 * roll()], 0.5)
      paintBox(canvas, [x - 0.02, base - tall, x + 0.02, base], light, { soft: 0.011 })
    }
  }
  // Desks with screens, and somebody's chair.
  for (let k = 0; k < 5; k++) {
    const x = -0.95 + k * 0.46 + 0.06 * roll()
    paintBox(canvas, [x - 0.2, 0.72, x + 0.2, 0.745], scaled(accent, 1.5), { soft: 0.014 })
    paintBox(canvas, [x - 0.09, 0.61, x + 0.07, 0.71], [0.05, 0.06, 0.08], { soft: 0.013 })
    paintBox(canvas, [x - 0.08, 0.62, x + 0.06, 0.7], [0.16, 0.22, 0.3], { soft: 0.016, alpha: 0.8 })
    paintDisc(canvas, [x + 0.15, 0.76, 0.055, 0.08], [0.06, 0.07, 0.09], { soft: 0.022, alpha: 0.9 })
  }
  paintBox(canvas, [-reach, 0.82, reach, 1.1], scaled(wall, 0.42), { soft: 0.08 })
  paintPlant(canvas, flip * 0.36, 0.66, 0.2, roll)
  paintPlant(canvas, -flip * 0.62, 0.74, 0.16, roll)
  paintGlow(canvas, [flip * 0.7, 0.3, 0.3], [0.22, 0.23, 0.24])
}

/** A news studio: dark, with lit panels, a wall of screens and lines of light. */
export function drawNewsroom(canvas: SoftCanvas, wall: Light, accent: Light, seed: number): void {
  const roll = dice(seed)
  fillGradient(canvas, scaled(wall, 0.24), scaled(wall, 0.14))
  const reach = canvas.side + 0.2
  paintGlow(canvas, [0, 0.36, 0.34], scaled(wall, 0.4))
  // Tall panels that lean towards the middle.
  for (let k = -7; k <= 7; k++) {
    const x = k * 0.22 + 0.03 * (roll() - 0.5)
    const bright = 0.2 + 0.5 * roll()
    paintBox(
      canvas,
      [x - 0.075, 0.06, x + 0.075, 0.8],
      scaled(wall, bright),
      { soft: 0.02, alpha: 0.6 },
      scaled(wall, 0.6),
    )
    paintLine(canvas, [x + 0.1, 0.04, x + 0.1, 0.82], 0.006, mixed(wall, [0.5, 0.65, 1], 0.5), {
      soft: 0.009,
      add: true,
      alpha: 0.7,
    })
  }
  // Screens at both sides with a picture of bars and curves.
  for (const side of [-1, 1]) {
    const middle = side * 0.5
    const box = [middle - 0.3, 0.17, middle + 0.3, 0.55] as const
    paintBox(canvas, box, mixed(wall, [0.02, 0.05, 0.12], 0.6), { soft: 0.012 }, scaled(wall, 0.9))
    for (let k = 0; k < 8; k++) {
      const x = box[0] + 0.05 + k * 0.07
      const tall = 0.05 + 0.2 * roll()
      const light = roll() < 0.3 ? scaled(accent, 1.3) : mixed(wall, [0.6, 0.75, 1], 0.45)
      paintBox(canvas, [x - 0.018, 0.5 - tall, x + 0.018, 0.5], light, { soft: 0.012, alpha: 0.75 }, scaled(light, 0.4))
    }
    paintBox(canvas, [box[0], 0.165, box[2], 0.178], scaled(accent, 1.6), { soft: 0.009 })
    paintBox(canvas, [box[0], 0.542, box[2], 0.556], [0.7, 0.8, 0.95], { soft: 0.009, alpha: 0.7 })
    paintGlow(canvas, [middle, 0.36, 0.2], scaled(wall, 0.35))
  }
  // A band of light runs through behind the desk.
  paintBox(canvas, [-reach, 0.66, reach, 0.69], scaled(accent, 1.5), { soft: 0.014 })
  paintBox(canvas, [-reach, 0.69, reach, 0.82], scaled(wall, 0.3), { soft: 0.02 }, scaled(wall, 0.75))
  paintBox(canvas, [-reach, 0.82, reach, 1.2], scaled(wall, 0.16), { soft: 0.03 })
  for (let k = 0; k < 11; k++) {
    const x = (k / 10) * 2.6 - 1.3
    paintDisc(canvas, [x, 0.035 + 0.02 * roll(), 0.016, 0.016], WARM, { soft: 0.012, alpha: 0.9, add: true }, 0.4)
    paintGlow(canvas, [x, 0.04, 0.04], scaled(WARM, 0.16))
  }
}

/** A potted plant: leaves as soft strokes. */
export function paintPlant(canvas: SoftCanvas, x: number, y: number, size: number, roll: () => number): void {
  for (let k = 0; k < 34; k++) {
    const angle = -Math.PI / 2 + (roll() - 0.5) * 2.6
    const length = size * (0.5 + 0.7 * roll())
    const light = scaled(LEAF, 0.7 + 2.2 * roll() * roll())
    const tip = [x + Math.cos(angle) * length, y + Math.sin(angle) * length] as const
    paintLine(canvas, [x, y, ...tip], size * 0.11, light, { soft: 0.014, alpha: 0.8 })
  }
  paintBox(canvas, [x - size * 0.22, y - 0.01, x + size * 0.22, y + size * 0.42], [0.5, 0.46, 0.42], { soft: 0.014 })
}
