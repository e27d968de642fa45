// Moves the arrays in plain data into memory that threads share instead of copying.

/** A copy of plain data whose typed arrays lie in shared memory; those that do already stay where they are. */
export function share<T>(value: T): T {
  if (ArrayBuffer.isView(value)) return shareArray(value as unknown as Uint8Array) as T
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, share(item)])) as T
  if (Array.isArray(value)) return value.map(share) as T
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, share(item)])) as T
}

type TypedArray = Uint8Array | Uint32Array | Float32Array

function shareArray(array: TypedArray): TypedArray {
  if (array.buffer instanceof SharedArrayBuffer) return array
  const memory = new SharedArrayBuffer(array.byteLength)
  if (array instanceof Float32Array) return copyInto(new Float32Array(memory), array)
  return array instanceof Uint32Array
    ? copyInto(new Uint32Array(memory), array)
    : copyInto(new Uint8Array(memory), array)
}

function copyInto<T extends TypedArray>(to: T, from: TypedArray): T {
  to.set(from)
  return to
}
