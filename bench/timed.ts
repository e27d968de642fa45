// How long something takes.

/** The result of some work, and how many seconds it took. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ seconds: number; value: T }> {
  const from = performance.now()
  const value = await work()
  return { seconds: (performance.now() - from) / 1000, value }
}
