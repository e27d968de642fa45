// Wide places: a city by a window, a park, a gym.
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

/** A city behind a tall window; a dark `sky` is an evening with lit windows. */
export function drawSkyline(canvas: SoftCanvas, sky: Light, accent: Light, seed: number): void {
  const roll = dice(seed)
  const bright = (sky[0] + sky[1] + sky[2]) / 3
  const evening = bright < 0.2
  const haze = mixed(sky, evening ? [0.75, 0.4, 0.25] : [1, 0.97, 0.92], 0.6)
  fillGradient(canvas, scaled(sky, 0.9), haze)
  if (evening) paintGlow(canvas, [0.35, 0.62, 0.3], [0.4, 0.17, 0.07])
  // Three rows of towers, the far ones lost in haze.
  for (let row = 0; row < 3; row++) {
    const near = row / 2
    const body = mixed(haze, mixed(accent, evening ? [0.02, 0.025, 0.05] : [0.3, 0.34, 0.4], 0.5), 0.35 + 0.55 * near)
    for (let x = -1.3; x < 1.3; ) {
      const wide = 0.05 + 0.09 * roll()
      const top = 0.74 - (0.42 - 0.1 * row) * (0.35 + 0.65 * roll())
      const soft = 0.013
      paintBox(canvas, [x, top, x + wide, 1.1], scaled(body, 0.8 + 0.35 * roll()), { soft }, mixed(body, haze, 0.35))
      if (roll() < 0.25) paintBox(canvas, [x + wide * 0.4, top - 0.05, x + wide * 0.46, top], body, { soft: 0.006 })
      for (let y = top + 0.03; y < 0.92; y += 0.034) {
        for (let u = x + 0.016; u < x + wide - 0.01; u += 0.021) {
          if (roll() > (evening ? 0.34 : 0.5)) continue
          const lit: Light = evening ? [1.1 * near + 0.35, 0.72 * near + 0.2, 0.35 * near + 0.1] : scaled(haze, 0.9)
          const strength = (evening ? 0.75 : 0.22) * (0.4 + 0.6 * roll())
          paintBox(canvas, [u - 0.005, y, u + 0.005, y + 0.016], lit, { soft: 0.007, alpha: strength })
        }
      }
      x += wide + 0.012 * roll()
    }
  }
  if (evening) {
    for (let k = 0; k < 46; k++) {
      const [x, y] = [-1.1 + 2.2 * roll(), 0.72 + 0.24 * roll()]
      const light: Light = roll() < 0.6 ? [1, 0.62, 0.25] : [0.9, 0.85, 0.8]
      const size = 0.012 + 0.016 * roll()
      paintDisc(canvas, [x, y, size, size], light, { soft: 0.006, alpha: 0.4, add: true }, 0.5)
    }
  }
  // The window: frame and sill, and a little of the room in the glass.
  const frame = mixed(accent, [0.05, 0.05, 0.06], 0.7)
  for (const x of [-0.98, -0.36, 0.4, 1.04]) paintBox(canvas, [x - 0.014, -0.1, x + 0.014, 1.1], frame, { soft: 0.008 })
  paintBox(canvas, [-2, 0.83, 2, 0.852], frame, { soft: 0.008 })
  paintBox(canvas, [-2, 0.93, 2, 1.2], scaled(frame, 1.6), { soft: 0.02 })
  paintLine(canvas, [-0.9, 0, -0.5, 0.8], 0.09, [0.5, 0.5, 0.5], { soft: 0.06, alpha: 0.07 })
  paintLine(canvas, [0.5, 0, 0.95, 0.8], 0.13, [0.5, 0.5, 0.5], { soft: 0.06, alpha: 0.06 })
}

/** A park on a bright day: lawn, trees, and the sun between leaves. */
export function drawPark(canvas: SoftCanvas, leaf: Light, sun: Light, seed: number): void {
  const roll = dice(seed)
  fillGradient(canvas, mixed(leaf, [0.85, 0.95, 1], 0.55), scaled(leaf, 0.9))
  paintGlow(canvas, [0.3 - 0.6 * roll(), 0.2, 0.4], scaled(sun, 0.55))
  const reach = canvas.side + 0.2
  paintBox(canvas, [-reach, 0.62, reach, 0.76], mixed(scaled(leaf, 2.2), sun, 0.28), { soft: 0.05 }, scaled(leaf, 1.5))
  paintBox(canvas, [-reach, 0.76, reach, 1.2], scaled(leaf, 1.6), { soft: 0.05 }, scaled(leaf, 0.75))
  paintLine(canvas, [-0.5, 0.74, 0.25, 1.15], 0.1, [0.62, 0.52, 0.38], { soft: 0.05, alpha: 0.7 })
  // Trees far and near: crowns of soft discs, brighter where the sun comes through.
  for (let depth = 0; depth < 3; depth++) {
    const size = 0.05 + 0.022 * depth
    for (let k = 0; k < 70; k++) {
      const x = -1.2 + 2.4 * roll()
      const y = (depth === 0 ? 0.42 : depth === 1 ? 0.22 : 0.02) + 0.24 * roll() * (1 + Math.abs(x) * 0.4)
      const lit = roll() ** 2
      const light = mixed(scaled(leaf, 0.35 + 0.75 * roll()), mixed(scaled(leaf, 2.6), sun, 0.3), lit)
      paintDisc(canvas, [x, y, size * (0.6 + 0.7 * roll()), size * (0.6 + 0.6 * roll())], light, {
        soft: 0.022,
        alpha: 0.4,
      })
    }
  }
  for (let k = 0; k < 5; k++) {
    const x = -1 + 0.5 * k + 0.2 * roll()
    paintLine(canvas, [x, 0.3, x + 0.05 * (roll() - 0.5), 0.72], 0.02 + 0.02 * roll(), [0.09, 0.06, 0.04], {
      soft: 0.018,
      alpha: 0.75,
    })
  }
  for (let k = 0; k < 60; k++) {
    const [x, y] = [-1.1 + 2.2 * roll(), 0.02 + 0.5 * roll() * roll()]
    const size = 0.012 + 0.028 * roll()
    paintDisc(
      canvas,
      [x, y, size, size],
      mixed([1, 1, 0.85], sun, roll()),
      {
        soft: 0.011,
        alpha: 0.08 + 0.16 * roll(),
        add: true,
      },
      0.3,
    )
  }
}

/** A gym: mirrors, racks of weights, lines of lamps. */
export function drawGym(canvas: SoftCanvas, wall: Light, accent: Light, seed: number): void {
  const roll = dice(seed)
  fillGradient(canvas, scaled(wall, 0.8), scaled(wall, 0.5))
  const reach = canvas.side + 0.2
  paintBox(canvas, [-reach, -0.1, reach, 0.1], scaled(wall, 0.35), { soft: 0.03 })
  for (let k = -3; k <= 3; k++) {
    const x = k * 0.36
    paintLine(canvas, [x, 0.02, x * 0.75, 0.11], 0.02, [1.7, 1.75, 1.8], { soft: 0.016, add: true })
    paintGlow(canvas, [x * 0.85, 0.07, 0.07], [0.2, 0.21, 0.22])
  }
  // Mirrors that show the lamps again.
  for (let k = -3; k <= 3; k++) {
    const x = k * 0.37
    const light = scaled(wall, 1.25 + 0.4 * roll())
    paintBox(canvas, [x - 0.175, 0.16, x + 0.175, 0.6], light, { soft: 0.012 }, scaled(wall, 0.8))
    paintLine(canvas, [x - 0.08, 0.2, x + 0.1, 0.58], 0.05, [0.9, 0.95, 1], { soft: 0.05, alpha: 0.16 })
    paintBox(canvas, [x - 0.02, 0.21, x + 0.09, 0.222], [1.3, 1.3, 1.3], { soft: 0.012, alpha: 0.5 })
  }
  paintBox(canvas, [-reach, 0.135, reach, 0.15], scaled(accent, 1.2), { soft: 0.01 })
  // Racks: frames, bars and plates.
  for (let shelf = 0; shelf < 2; shelf++) {
    const y = 0.55 + shelf * 0.13
    paintBox(canvas, [-reach, y + 0.045, reach, y + 0.062], [0.03, 0.03, 0.035], { soft: 0.01 })
    for (let k = 0; k < 22; k++) {
      const x = -1.25 + k * 0.115 + 0.012 * roll()
      const size = 0.032 + 0.008 * shelf + 0.006 * roll()
      const light: Light = k % 5 === 2 ? scaled(accent, 0.9) : [0.05, 0.052, 0.06]
      paintDisc(canvas, [x, y + 0.008, size * 0.8, size], light, { soft: 0.012 })
      paintDisc(canvas, [x - size * 0.2, y - size * 0.3, size * 0.3, size * 0.3], [0.25, 0.26, 0.28], {
        soft: 0.014,
        alpha: 0.5,
      })
      paintBox(canvas, [x - 0.02, y + 0.002, x + 0.075, y + 0.014], [0.28, 0.28, 0.3], { soft: 0.008, alpha: 0.7 })
    }
  }
  for (const x of [-0.98, -0.4, 0.45, 1.02]) {
    paintBox(canvas, [x - 0.016, 0.28, x + 0.016, 0.9], [0.03, 0.03, 0.035], { soft: 0.011 })
    paintBox(canvas, [x - 0.022, 0.3, x - 0.008, 0.86], scaled(accent, 0.7), { soft: 0.01, alpha: 0.7 })
  }
  paintBox(canvas, [-reach, 0.84, reach, 1.2], [0.035, 0.036, 0.04], { soft: 0.04 }, [0.09, 0.09, 0.1])
}
