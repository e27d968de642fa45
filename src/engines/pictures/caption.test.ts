// Captions as pictures: every script has its letters, the spoken word its colour, and all of it lies on the canvas.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaptionPicture } from '../../core/captions.ts'
import { drawCaption } from './caption.ts'

const canvas = { width: 1080, height: 1920, fps: 25 }

function caption(words: readonly string[], more: Partial<CaptionPicture> = {}): CaptionPicture {
  const line = words.map((text) => ({ text, joined: false }))
  return { lines: [line], spoken: null, style: 'plain', fontSize: 64, top: 1400, ...more }
}

test('the letters of every script are drawn: a font that lacked them would draw the same box for each', () => {
  const pairs = [
    'Aa', 'Žđ', 'Яж', 'Ωλ', 'أب', 'שא', 'आक', 'আক', 'અક', 'ਅਕ', 'அக', 'అక', 'ಅಕ', 'അക', 'අක', 'กข', 'აბ', 'ԱԲ', 'አበ', '中国', 'あア', '한글',
  ] // biome-ignore format: one line a thought
  for (const [first, second] of pairs.map((pair) => [...pair])) {
    const one = drawCaption(caption([first!.repeat(3)]), canvas).texture
    const other = drawCaption(caption([second!.repeat(3)]), canvas).texture
    assert.ok(
      one.a!.some((alpha) => alpha > 200),
      `${first} is drawn`,
    )
    assert.notDeepEqual(one.y, other.y, `${first} and ${second} look alike`)
  }
})

test('only the spoken word is coloured', () => {
  const coloured = (spoken: number | null) => {
    const { texture } = drawCaption(caption(['one', 'two', 'three'], { style: 'karaoke', spoken }), canvas)
    const columns = new Set<number>()
    // Yellow has much less blue than white: its chroma lies far below the middle.
    for (const [index, u] of texture.u.entries()) {
      if (texture.ac![index]! > 200 && u < 70) columns.add(index % (texture.width / 2))
    }
    return [...columns].sort((a, b) => a - b)
  }
  assert.equal(coloured(null).length, 0)
  const [first, second, third] = [coloured(0), coloured(1), coloured(2)]
  assert.ok(first.at(-1)! < second[0]! && second.at(-1)! < third[0]!)
})

test('in scripts that run from right to left the first word is the rightmost', () => {
  const middle = (spoken: number) => {
    const { texture } = drawCaption(caption(['مرحبا', 'بالعالم'], { style: 'karaoke', spoken }), canvas)
    const columns = [...texture.u.entries()]
      .filter(([index, u]) => texture.ac![index]! > 200 && u < 70)
      .map(([index]) => index % (texture.width / 2))
    return columns.reduce((sum, column) => sum + column, 0) / columns.length
  }
  assert.ok(middle(0) > middle(1))
})

test('a line that is too long for the canvas is set smaller', () => {
  for (const style of ['plain', 'boxed', 'karaoke'] as const) {
    const { texture, left, top } = drawCaption(
      caption(['Donaudampfschifffahrtsgesellschaftskapitän'], { style }),
      canvas,
    )
    assert.ok(left >= canvas.width * 0.048 && left + texture.width <= canvas.width * 0.952, `${left}`)
    assert.ok(top + texture.height <= canvas.height)
    assert.equal((left | top | texture.width | texture.height) % 2, 0)
  }
})
