// Compiles the kernel of training and hands out room in its memory.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Products of matrices over one shared memory. */
export type Matmul = {
  /** Room for so many floats, all 0; it is never given back. */
  room(count: number): Float32Array
  /**
   * c += a b: c is m x n, b is k x n, both row by row; n is a multiple of 16 and m of 4. Element (i, p) of a stands
   * `i * rowStep + p * columnStep` after its first. All three lie in {@link room}.
   */
  multiplyAdd(
    a: Float32Array,
    rowStep: number,
    columnStep: number,
    b: Float32Array,
    c: Float32Array,
    size: readonly [m: number, k: number, n: number],
  ): void
}

const PAGE_BYTES = 65536

/** @param megabytes of memory in all. @param path where the compiled kernel lies, or is to be kept. */
export async function openMatmul(megabytes: number, path: string): Promise<Matmul> {
  if (!existsSync(path)) writeFileSync(path, await compile())
  const binary = readFileSync(path)
  const memory = new WebAssembly.Memory({ initial: Math.ceil((megabytes * 2 ** 20) / PAGE_BYTES) })
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } })
  const kernel = instance.exports.multiplyAdd as (...numbers: number[]) => void
  let free = PAGE_BYTES
  return {
    room(count) {
      const view = new Float32Array(memory.buffer, free, count)
      free += Math.ceil(count / 16) * 64
      return view
    },
    multiplyAdd(a, rowStep, columnStep, b, c, [m, k, n]) {
      if (m % 4 !== 0 || n % 16 !== 0) throw new RangeError(`A product of ${m} x ${k} x ${n} cannot be computed.`)
      kernel(a.byteOffset, rowStep, columnStep, b.byteOffset, c.byteOffset, m, k, n)
    },
  }
}

async function compile(): Promise<Uint8Array> {
  // Loaded only where it is needed: that alone takes seconds.
  const { default: asc } = await import('assemblyscript/asc')
  let binary: Uint8Array | null = null
  const folder = new URL('./kernel/', import.meta.url).pathname
  const options = ['matmul.ts', '--baseDir', folder, '-O3', '--runtime', 'stub', '--importMemory', '--enable', 'simd']
  const { error, stderr } = await asc.main([...options, '--outFile', 'out.wasm'], {
    writeFile: (name, contents) => {
      if (name === 'out.wasm') binary = contents as Uint8Array
    },
  })
  if (error || !binary) throw new Error(`The kernel does not compile: ${stderr}`, { cause: error })
  return binary
}
