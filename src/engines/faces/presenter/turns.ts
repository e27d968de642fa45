// Work shared out between threads: each takes the next piece that nobody has taken yet.

/** A counter that threads share. */
export type Turns = Int32Array<SharedArrayBuffer>

/** A counter of which nothing has been taken. */
export function openTurns(): Turns {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

/** The pieces 0 to `count` - 1 that fall to this thread, one after another. */
export function* takeTurns(turns: Turns, count: number): Generator<number, void> {
  for (let piece = Atomics.add(turns, 0, 1); piece < count; piece = Atomics.add(turns, 0, 1)) yield piece
}
