// What a triangulation must be: the whole of the hull, without overlap, and Delaunay.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { triangulate } from './triangulate.ts'

/** Points of a unit square, seeded, its corners first. */
function scatter(count: number): Float64Array {
  const points = [0, 0, 1, 0, 0, 1, 1, 1]
  let state = 7
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  while (points.length < count * 2) points.push(next(), next())
  return Float64Array.from(points)
}

test('triangles fill the square once', () => {
  const points = scatter(400)
  const triangles = triangulate(points)
  let sum = 0
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t]! * 2, triangles[t + 1]! * 2, triangles[t + 2]! * 2]
    const area =
      (points[b]! - points[a]!) * (points[c + 1]! - points[a + 1]!) -
      (points[b + 1]! - points[a + 1]!) * (points[c]! - points[a]!)
    assert.ok(area > 0, 'all wound alike')
    sum += area / 2
  }
  assert.ok(Math.abs(sum - 1) < 1e-9, `they cover ${sum}`)
})

test('no circumcircle holds another point', () => {
  const points = scatter(120)
  const triangles = triangulate(points)
  for (let t = 0; t < triangles.length; t += 3) {
    const [ax, ay, bx, by, cx, cy] = [0, 1, 2].flatMap((k) => {
      const at = triangles[t + k]! * 2
      return [points[at]!, points[at + 1]!]
    }) as [number, number, number, number, number, number]
    const d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    const [aa, bb, cc] = [ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy]
    const x = (aa * (by - cy) + bb * (cy - ay) + cc * (ay - by)) / d
    const y = (aa * (cx - bx) + bb * (ax - cx) + cc * (bx - ax)) / d
    const radius = Math.hypot(ax - x, ay - y)
    for (let i = 0; i < points.length; i += 2) {
      assert.ok(Math.hypot(points[i]! - x, points[i + 1]! - y) > radius - 1e-9)
    }
  }
})
