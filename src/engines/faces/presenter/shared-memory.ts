// Memory that both threads of baking see.

/** The same data with its typed arrays in shared memory, so that another thread can read them without a copy. */
export function inSharedMemory<T>(data: T, moved = new Map<unknown, unknown>()): T {
  if (typeof data !== 'object' || data === null) return data
  const known = moved.get(data)
  if (known) return known as T
  let out: unknown
  if (ArrayBuffer.isView(data)) {
    const array = data as unknown as Float32Array
    if (array.buffer instanceof SharedArrayBuffer) return data
    const Kind = array.constructor as new (buffer: SharedArrayBuffer) => Float32Array
    const shared = new Kind(new SharedArrayBuffer(array.byteLength))
    shared.set(array)
    out = shared
  } else if (Array.isArray(data)) {
    out = data.map((one) => inSharedMemory(one, moved))
  } else {
    out = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, inSharedMemory(value, moved)]))
  }
  moved.set(data, out)
  return out as T
}
