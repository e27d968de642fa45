// What the tests of the services share: throw-away folders, a small request, and render processes that draw nothing.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Config, DEFAULT_CONFIG } from '../core/config.ts'
import { outputsOf } from '../core/output.ts'
import type { VideoSpec } from '../core/spec.ts'
import type { RigFacts } from '../domain/rig-facts.ts'
import { takesOf } from '../domain/takes.ts'
import { openStore } from './database.ts'
import { silentLog } from './log.ts'
import { openWorkshop, type Workshop } from './open.ts'
import { photoPlace } from './photo-cache.ts'
import { openQueue } from './queue.ts'
import type { RenderPool } from './render-pool.ts'
import { RENDERER_VERSIONS } from './renderer-versions.ts'
import { segmentPath } from './segment-cache.ts'
import type { TaskName, Tasks } from './tasks.ts'
import { readPrepared, writeWork } from './work-folder.ts'

const ends = new WeakMap<TestContext, (() => unknown)[]>()

/** Does something when the test ends, what was asked for last first. */
export function atEnd(test: TestContext, end: () => unknown): void {
  const known = ends.get(test)
  if (known) {
    known.unshift(end)
    return
  }
  const all = [end]
  ends.set(test, all)
  test.after(async () => {
    for (const one of all) await one()
  })
}

let template: Promise<string> | null = null

/** What decides what a fresh store holds. */
const TEMPLATE_SOURCES = ['migrations.ts', 'queue.ts', 'database.ts', 'pglite-pool.ts', '../../package-lock.json']

// Setting an embedded store up takes seconds, copying one that is set up a tenth of that: the first process that needs one
// leaves it for all that come after, until something that it is made with changes.
async function makeTemplate(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of TEMPLATE_SOURCES) hash.update(await readFile(new URL(name, import.meta.url)))
  const template = join(tmpdir(), `rostrum-template-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(template)) return template
  const dataFolder = await mkdtemp(`${template}-`)
  const store = await openStore({ ...DEFAULT_CONFIG, dataFolder }, Date.now)
  const queue = await openQueue(store, silentLog)
  await queue.close(0)
  await store.close()
  // Of two that were made at once, the second finds the first in its place.
  await rename(dataFolder, template).catch(() => rm(dataFolder, { recursive: true, force: true }))
  return template
}

/** A folder that goes when the test ends. */
export async function throwAwayFolder(test: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-services-'))
  atEnd(test, () => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Settings over a folder with an empty store, that goes when the test ends. */
export async function throwAwayConfig(test: TestContext, settings: Partial<Config> = {}): Promise<Config> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'rostrum-services-'))
  template ??= makeTemplate()
  await cp(join(await template, 'store'), join(dataFolder, 'store'), { recursive: true })
  atEnd(test, () => rm(dataFolder, { recursive: true, force: true }))
  return { ...DEFAULT_CONFIG, dataFolder, ...settings }
}

/** A workshop with real render processes in a folder of its own. */
export type TestWorkshop = { readonly workshop: Workshop; readonly folder: string; close(): Promise<void> }

/** Opens a workshop for all tests of a file: close it after them. */
export async function openTestWorkshop(): Promise<TestWorkshop> {
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-workshop-'))
  const workshop = await openWorkshop({ ...DEFAULT_CONFIG, dataFolder: folder, workers: 1 }, { log: silentLog })
  return {
    workshop,
    folder,
    async close() {
      await workshop.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** One silent second without a character: the smallest video there is. */
export const SMALL_SPEC: VideoSpec = {
  name: 'Small',
  canvas: { width: 64, height: 64, fps: 25 },
  scenes: [
    { character: null, voice: { kind: 'silence', seconds: 1 }, background: { kind: 'color', color: '#336699' } },
  ],
  seed: 1,
}

/** A pool whose tasks only leave the files behind that the next step looks for, and what was asked of it. */
export type PaperPool = RenderPool & { readonly asked: TaskName[] }

const PAPER_FACTS: RigFacts = {
  width: 800,
  height: 1000,
  headBox: { x: 250, y: 100, width: 300, height: 400 },
  bodySpan: { left: 50, right: 750 },
}

/** Tasks that leave files in place of faces: every photo is a woman of forty, every cover a JPEG by its first bytes. */
export function paperFaces(): Overrides {
  const leave = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  return {
    photo: async ({ pictureHash, folder }) => {
      const { hash, path } = photoPlace(pictureHash, folder)
      await leave(path, 'rig')
      return { rig: { path, hash, facts: PAPER_FACTS }, person: { gender: 'female', ageYears: 40 } }
    },
    rig: async ({ recipe, folder }) => {
      const path = join(folder, recipe.id)
      await leave(path, 'rig')
      return { path, hash: recipe.id, facts: PAPER_FACTS }
    },
    cover: async ({ path }) => {
      await leave(path, paperJpeg(path))
      return null
    },
  }
}

/** Bytes that begin as a JPEG; what follows makes them differ. */
export function paperJpeg(content: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array([0xff, 0xd8, 0xff, ...new TextEncoder().encode(content)])
}

type Overrides = {
  readonly [Name in TaskName]?: (
    input: Tasks[Name]['input'],
    signal: AbortSignal | undefined,
  ) => Promise<Tasks[Name]['output']>
}

/** Each task leaves the files behind that the next step looks for; `overrides` take the place of some. */
export function paperPool(overrides: Overrides = {}): PaperPool {
  const asked: TaskName[] = []
  const tasks: Overrides = {
    async prepare({ folder, spec }) {
      const segments = [0, 1, 2].map((index) => ({
        index,
        take: 0,
        startFrame: index * 10,
        frameCount: 10,
        files: [`${spec.seed}-${index}.mp4`],
      }))
      const prepared = {
        outputs: outputsOf(spec),
        takes: takesOf(spec),
        versions: RENDERER_VERSIONS,
        frameCount: 30,
        segments,
        rigPaths: {},
        mediaPaths: {},
      }
      const plan = { canvas: spec.canvas, frameCount: 30, scenes: [], captions: [] }
      await writeWork(folder, { prepared, plans: [plan], sound: [], timeline: { fps: 25, scenes: [], cues: [] } })
      return prepared
    },
    async segment({ folder, index, cacheFolder }) {
      const prepared = await readPrepared(folder)
      await writeFile(segmentPath(cacheFolder, prepared?.segments[index]?.files[0] ?? 'lost'), 'segment')
      return null
    },
    async rehearse({ spec }) {
      return { frameCounts: spec.scenes.map(() => 30) }
    },
    async sound() {
      return null
    },
    async join({ outPaths, coverPath }) {
      for (const path of outPaths) {
        await mkdir(dirname(path), { recursive: true })
        await writeFile(path, 'video')
      }
      if (coverPath) await writeFile(join(dirname(coverPath), 'cover.jpg'), 'cover')
      return { durationSeconds: 1.2, byteCount: 5 }
    },
    ...overrides,
  }
  return {
    size: 2,
    asked,
    async run(name, input, options = {}) {
      if (name !== 'sound') asked.push(name)
      const task = tasks[name] as ((input: unknown, signal: AbortSignal | undefined) => Promise<never>) | undefined
      if (!task) throw new Error(`Nobody expected the task ${name}.`)
      return task(input, options.signal)
    },
    ahead() {},
    warm() {},
    async close() {},
  }
}
