// Pictures of the human's parts, sampled smoothly.

/** A picture in linear light with alpha, 0-1. */
export type Picture = {
  readonly width: number
  readonly height: number
  /** r, g, b, a for each pixel. */
  readonly data: Float32Array
  /** 0-255. */
  readonly alpha: Uint8Array
}

/** Bilinear sample at texture position u, v (0-1, v up, repeating) into `out` (r, g, b, a). */
export function samplePicture(picture: Picture, u: number, v: number, out: Float32Array): void {
  const { width, height, data } = picture
  const x = (u - Math.floor(u)) * width - 0.5
  const y = (1 - (v - Math.floor(v))) * height - 0.5
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const fx = x - x0
  const fy = y - y0
  const left = ((x0 + width) % width) * 4
  const right = ((x0 + 1) % width) * 4
  const top = ((y0 + height) % height) * width * 4
  const bottom = ((y0 + 1) % height) * width * 4
  for (let c = 0; c < 4; c++) {
    const upper = data[top + left + c]! * (1 - fx) + data[top + right + c]! * fx
    const lower = data[bottom + left + c]! * (1 - fx) + data[bottom + right + c]! * fx
    out[c] = upper * (1 - fy) + lower * fy
  }
}
