// The face models of `human`, loaded once in a process, on WebAssembly.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Fault } from '../../core/errors.ts'

/** What is used of a tensor of the library. */
export type Tensor = { readonly shape: readonly number[]; data(): Promise<Float32Array>; dispose(): void }
/** A model that can be run directly. */
export type GraphModel = { execute(input: Tensor): Tensor[] }
/** What is used of the library. */
export type Human = {
  readonly tf: { tensor(values: Float32Array, shape: readonly number[]): Tensor }
  readonly models: { readonly models: Readonly<Record<string, GraphModel | null>> }
  load(config?: object): Promise<void>
  detect(input: Tensor): Promise<{
    readonly error: string | null
    readonly face: readonly { readonly mesh: readonly (readonly number[])[]; readonly score: number }[]
  }>
}

let loading: Promise<Human> | null = null

/**
 * The library with its detector and its face mesh (2 MB, nothing from the network); loaded once, since it keeps one
 * state for all.
 * @throws Fault `unavailable` where a model cannot be loaded.
 */
export function loadHuman(): Promise<Human> {
  loading ??= whileLoading(startHuman).catch((cause) => {
    loading = null
    throw cause
  })
  return loading
}

/** One of the library's models that finding and reading a photo's face needs. */
export type FaceModelName = 'blazeface' | 'facemesh' | 'iris' | 'faceres'

/** The loaded models and the library that makes their tensors. */
export type FaceModels = { readonly tf: Human['tf']; readonly models: Readonly<Record<FaceModelName, GraphModel>> }

let loadingModels: Promise<FaceModels> | null = null

/**
 * Loads all of them (12 MB) once, to be run directly.
 * @throws Fault `unavailable` where a model cannot be loaded.
 */
export function loadFaceModels(): Promise<FaceModels> {
  loadingModels ??= startModels().catch((cause) => {
    loadingModels = null
    throw cause
  })
  return loadingModels
}

async function startModels(): Promise<FaceModels> {
  const human = await loadHuman()
  const switched = (enabled: boolean) => ({ face: { iris: { enabled }, description: { enabled } } })
  await whileLoading(() => human.load(switched(true)))
  // The library's own detection stays as lean as before.
  await human.load(switched(false))
  const pick = (name: FaceModelName): GraphModel => {
    const model = human.models.models[name]
    if (!model) {
      throw new Fault('unavailable', `The face model ${name} did not load. Install Rostrum again with \`npm ci\`.`)
    }
    return model
  }
  const models = {
    blazeface: pick('blazeface'),
    facemesh: pick('facemesh'),
    iris: pick('iris'),
    faceres: pick('faceres'),
  }
  return { tf: human.tf, models }
}

/** The package hides the build that runs on WebAssembly in Node, so it is loaded by its path. */
async function startHuman(): Promise<Human> {
  const require = createRequire(import.meta.url)
  const folder = dirname(dirname(require.resolve('@vladmandic/human')))
  const wasm = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))
  const { Human } = require(join(folder, 'dist', 'human.node-wasm.js')) as { Human: new (config: object) => Human }
  const human = new Human({
    backend: 'wasm',
    wasmPath: `${wasm}/`,
    modelBasePath: pathToFileURL(`${join(folder, 'models')}/`).href,
    debug: false,
    cacheModels: false,
    cacheSensitivity: 0,
    filter: { enabled: false },
    gesture: { enabled: false },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
    face: {
      enabled: true,
      detector: { rotation: false, maxDetected: 1, skipFrames: 0, skipTime: 0, minConfidence: 0.3 },
      mesh: { enabled: true },
      iris: { enabled: false },
      attention: { enabled: false },
      description: { enabled: false },
      emotion: { enabled: false },
    },
  })
  await human.load()
  return human
}

/** The models load by fetch, which Node has for http only; while they do, it reads files. */
async function whileLoading<Result>(load: () => Promise<Result>): Promise<Result> {
  const realFetch = globalThis.fetch
  const forgetHandlers = rememberHandlers()
  globalThis.fetch = fetchFile
  try {
    return await load()
  } catch (cause) {
    throw new Fault('unavailable', 'The face model cannot be loaded. Install Rostrum again with `npm ci`.', { cause })
  } finally {
    globalThis.fetch = realFetch
    forgetHandlers()
  }
}

/** The library's WebAssembly glue takes over what happens to errors that nobody caught; this gives it back. */
function rememberHandlers(): () => void {
  const events = ['uncaughtException', 'unhandledRejection']
  const before = events.map((event) => new Set(process.listeners(event as 'exit')))
  return () => {
    events.forEach((event, index) => {
      for (const listener of process.listeners(event as 'exit')) {
        if (!before[index]!.has(listener)) process.removeListener(event, listener)
      }
    })
  }
}

async function fetchFile(address: string | URL | Request): Promise<Response> {
  const url = new URL(address instanceof Request ? address.url : address)
  const type = url.pathname.endsWith('.json') ? 'application/json' : 'application/octet-stream'
  return new Response(new Uint8Array(await readFile(url)), { headers: { 'content-type': type } })
}
