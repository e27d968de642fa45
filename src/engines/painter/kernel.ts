// Loads the pixel kernel, in Node and in a browser alike.
import { Fault } from '../../core/errors.ts'

/** What painter/kernel.ts exports; addresses and sizes in bytes, boxes in samples. */
export type Kernel = {
  readonly memory: WebAssembly.Memory
  allocate(bytes: number): number
  copyBox(from: number, to: number, stride: number, x: number, y: number, width: number, height: number): void
  layOver(
    source: number,
    alpha: number,
    to: number,
    stride: number,
    x: number,
    y: number,
    width: number,
    height: number,
  ): void
  mix(
    source: number,
    mask: number,
    stride: number,
    below: number,
    to: number,
    toStride: number,
    width: number,
    height: number,
  ): void
  frame(y: number, u: number, v: number, width: number, top: number, end: number): void
  texture(luma: number, chroma: number, chromaAlpha: number, width: number, height: number): void
  planes(y: number, u: number, v: number, a: number, ac: number): void
  paint(points: number, uvs: number, triangles: number, kinds: number, count: number, meshVertices: number): void
}

/** Where the compiled kernel lies, from this file. */
export const KERNEL_URL = new URL('../../../painter/painter.wasm', import.meta.url)

/**
 * Reads and compiles the kernel: by `fetch` in a browser, from disk in Node.
 *
 * @throws Fault where the kernel has not been built.
 */
export async function loadKernel(url: URL = KERNEL_URL): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(await readBytes(url))
  } catch (cause) {
    throw new Fault(
      'internal',
      `The painter's kernel ${url.href} cannot be loaded. "npm run build:painter" builds it.`,
      {
        cause,
      },
    )
  }
}

/** A kernel with memory of its own. */
export function startKernel(module: WebAssembly.Module): Kernel {
  const abort = () => {
    throw new Fault('internal', 'The painter ran out of memory.')
  }
  return new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as Kernel
}

async function readBytes(url: URL): Promise<BufferSource> {
  if (url.protocol === 'file:') return new Uint8Array(process.getBuiltinModule('node:fs').readFileSync(url))
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.href} answers ${response.status}`)
  return response.arrayBuffer()
}
