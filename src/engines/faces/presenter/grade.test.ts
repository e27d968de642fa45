import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rig, TexturePlanes } from '../../../core/rig.ts'
import { brightened } from './grade.ts'

const texture = (luma: number, alpha: number): TexturePlanes => {
  const of = (code: number, length: number) => new Uint8Array(length).fill(Math.round((code * alpha) / 255))
  const opaque = alpha === 255
  const mask = (length: number) => (opaque ? null : new Uint8Array(length).fill(alpha))
  return { width: 2, height: 2, y: of(luma, 4), u: of(110, 1), v: of(150, 1), a: mask(4), ac: mask(1) }
}

const develop = (planes: TexturePlanes): TexturePlanes =>
  brightened({ layers: [{ texture: planes }] } as unknown as Rig).layers[0]!.texture

test('middle tones get brighter, black and white stay', () => {
  assert.ok(develop(texture(110, 255)).y[0]! > 118)
  assert.equal(develop(texture(16, 255)).y[0], 16)
  assert.equal(develop(texture(235, 255)).y[0], 235)
})

test('what is half transparent is developed like what is opaque', () => {
  const opaque = develop(texture(110, 255))
  const half = develop(texture(110, 128))
  assert.ok(Math.abs((half.y[0]! * 255) / 128 - opaque.y[0]!) < 2)
  assert.ok(Math.abs((half.u[0]! * 255) / 128 - opaque.u[0]!) < 3)
})

test('colours keep their side and get a little stronger', () => {
  const { u, v } = develop(texture(110, 255))
  assert.ok(u[0]! < 110 && v[0]! > 150)
})
