// Seeded choices for people who are generated: the same seed draws the same.
import { chance } from '../random.ts'

/** A stream of choices. */
export type Draw = {
  /** A number in [from, to). */
  between(from: number, to: number): number
  /** One of a list. */
  one<T>(list: readonly T[]): T
  /** One of a list by weight. */
  weighted<T>(list: readonly (readonly [T, number])[]): T
  /** The list in another order. */
  shuffled<T>(list: readonly T[]): readonly T[]
}

/** @param seed any integer. @param topic keeps choices about one thing apart from those about another. */
export function openDraw(seed: number, topic: number): Draw {
  let count = 0
  const next = () => chance(seed, topic, count++)
  const draw: Draw = {
    between: (from, to) => from + (to - from) * next(),
    one: (list) => list[Math.floor(next() * list.length)]!,
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of list) {
        left -= weight
        if (left < 0) return value
      }
      return list.at(-1)![0]
    },
    shuffled(list) {
      const rest = [...list]
      return list.map(() => rest.splice(Math.floor(next() * rest.length), 1)[0]!)
    },
  }
  return draw
}
