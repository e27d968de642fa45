// Morph targets: reads single ones out of the package's big file and adds them up.
import { open } from 'node:fs/promises'
import { Fault } from '../../../core/errors.ts'
import { BASE_VERTICES } from './base-mesh.ts'
import { dataPath, readJson } from './makehuman.ts'

const BYTES_PER_TARGET = BASE_VERTICES * 3 * 2
const DECIMETRES_PER_STEP = 1e-3

let order: Promise<ReadonlyMap<string, number>> | undefined

const targetOrder = (): Promise<ReadonlyMap<string, number>> => {
  order ??= readJson<{ targets: Record<string, unknown> }>('src/json/targets/target-list.json').then(({ targets }) => {
    const names = Object.keys(targets).sort()
    return new Map(names.map((name, place) => [name.replace(/^data\/targets\/|\.target$/g, ''), place]))
  })
  return order
}

/** Whether the package has a target of this name, such as `nose/nose-scale-horiz-decr`. */
export const hasTarget = async (name: string): Promise<boolean> => (await targetOrder()).has(name)

const read = new Map<string, Promise<Float32Array>>()

const readTargets = async (names: readonly string[]): Promise<readonly Float32Array[]> => {
  const places = await targetOrder()
  const missing = names.filter((name) => !read.has(name))
  if (missing.length > 0) {
    const file = await open(dataPath('targets/targets.bin'))
    try {
      for (const name of missing) {
        const place = places.get(name)
        if (place === undefined) throw new Fault('invalid', `there is no morph target named ${name}`)
        const bytes = new Uint8Array(BYTES_PER_TARGET)
        await file.read(bytes, 0, BYTES_PER_TARGET, place * BYTES_PER_TARGET)
        const steps = new Int16Array(bytes.buffer)
        const target = new Float32Array(steps.length)
        for (let i = 0; i < steps.length; i++) target[i] = steps[i]! * DECIMETRES_PER_STEP
        read.set(name, Promise.resolve(target))
      }
    } finally {
      await file.close()
    }
  }
  return Promise.all(names.map((name) => read.get(name) as Promise<Float32Array>))
}

/** Weights by target name. */
export type TargetWeights = ReadonlyMap<string, number> | Readonly<Record<string, number>>

/**
 * The sum of targets, each times its weight: a displacement of all the base mesh's vertices, decimetres.
 * @throws Fault `invalid` for a name that the package does not have
 */
export const sumTargets = async (weights: TargetWeights): Promise<Float32Array> => {
  const entries = [...(weights instanceof Map ? weights : Object.entries(weights))].filter(([, weight]) => weight !== 0)
  const targets = await readTargets(entries.map(([name]) => name))
  const sum = new Float32Array(BASE_VERTICES * 3)
  targets.forEach((target, place) => {
    const weight = (entries[place] as [string, number])[1]
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + weight * (target[i] as number)
  })
  return sum
}
