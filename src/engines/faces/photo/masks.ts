// Small tools for masks of one byte a pixel: growing, softening, filling.

/** The largest (or smallest) value within `radius` pixels along both axes: a square brush, in two passes. */
export function grow(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const queue = new Uint32Array(Math.max(width, height))
  return alongBoth(mask, width, height, (line) => {
    const out = new Uint8Array(line.length)
    // Each value reaches `radius` to either side; a queue of falling values keeps the largest in front.
    let head = 0
    let end = 0
    for (let i = 0; i < line.length + radius; i++) {
      if (i < line.length) {
        while (end > head && line[queue[end - 1]!]! <= line[i]!) end--
        queue[end++] = i
      }
      while (queue[head]! < i - 2 * radius) head++
      if (i >= radius) out[i - radius] = line[queue[head]!]!
    }
    return out
  })
}

/** Mean over a square of `radius` pixels to each side, twice: close to a Gaussian of sigma 0.8 radius. */
export function soften(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  if (radius < 1) return mask
  const once = (values: Uint8Array) =>
    alongBoth(values, width, height, (line) => {
      const out = new Uint8Array(line.length)
      const last = line.length - 1
      const at = (i: number) => line[Math.max(0, Math.min(last, i))]!
      let sum = 0
      for (let i = -radius; i <= radius; i++) sum += at(i)
      for (let i = 0; i < line.length; i++) {
        out[i] = sum / (2 * radius + 1) + 0.5
        sum += at(i + radius + 1) - at(i - radius)
      }
      return out
    })
  return once(once(mask))
}

/** Numbers the connected areas of the pixels that `isIn` holds for (4 neighbours); 0 is none of them. */
export function label(
  width: number,
  height: number,
  isIn: (pixel: number) => boolean,
): { readonly labels: Int32Array; readonly count: number } {
  const labels = new Int32Array(width * height)
  const stack: number[] = []
  let count = 0
  const visit = (next: number) => {
    if (next < 0 || next >= labels.length || labels[next] !== 0 || !isIn(next)) return
    labels[next] = count
    stack.push(next)
  }
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || !isIn(start)) continue
    count++
    stack.push(start)
    labels[start] = count
    while (stack.length > 0) {
      const at = stack.pop()!
      const x = at % width
      if (x > 0) visit(at - 1)
      if (x < width - 1) visit(at + 1)
      visit(at - width)
      visit(at + width)
    }
  }
  return { labels, count }
}

function alongBoth(
  mask: Uint8Array,
  width: number,
  height: number,
  change: (line: Uint8Array) => Uint8Array,
): Uint8Array {
  const out = new Uint8Array(mask.length)
  for (let y = 0; y < height; y++) out.set(change(mask.subarray(y * width, (y + 1) * width)), y * width)
  const column = new Uint8Array(height)
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = out[y * width + x]!
    const changed = change(column)
    for (let y = 0; y < height; y++) out[y * width + x] = changed[y]!
  }
  return out
}
