// The pixel kernel.

/** Fills `count` bytes. */
export function fill(pointer: usize, value: u8, count: usize): void {
  memory.fill(pointer, value, count)
}
