import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findOpenEdges } from './edges.ts'

/** Two triangles over a square, side by side along a seam of doubled vertices: 0 1 2 and 3 4 5, where 3 is 2 and 4 is 1. */
const square = {
  positions: Float32Array.of(0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 8, 0, 8, 0, 0, 8, 8, 0),
  triangles: Uint32Array.of(0, 1, 2, 3, 4, 5),
  headWeights: new Float32Array(6).fill(1),
  fields: {},
}

test('a seam whose two sides always move together is no open edge', () => {
  assert.equal(findOpenEdges(square).edges.length / 4, 4)
})

test('lips that touch at rest and part in a shape are open edges', () => {
  const jawOpen = { vertices: Uint32Array.of(3, 4, 5), offsets: Float32Array.of(0, 5, 0, 0, 5, 0, 0, 5, 0) }
  assert.equal(findOpenEdges({ ...square, fields: { jawOpen } }).edges.length / 4, 6)
})
