// Rigs as files: a JSON head and the arrays behind it, so that reading one is laying views over its bytes.
import { Fault } from '../../core/errors.ts'
import type { Field, LayerName, Rig, RigLayer, TexturePlanes } from '../../core/rig.ts'
import type { Shape } from '../../core/shapes.ts'

/** "ROSTRIG1": the first eight bytes. */
const MAGIC = [0x52, 0x4f, 0x53, 0x54, 0x52, 0x49, 0x47, 0x31] as const
const ALIGN = 8

type Kind = 'u8' | 'u32' | 'f32'
/** Where an array lies: kind, byte offset behind the head, number of elements. */
type Slot = readonly [Kind, number, number]
type PlanesHead = { width: number; height: number; y: Slot; u: Slot; v: Slot; a: Slot | null; ac: Slot | null }
type LayerHead = {
  name: LayerName
  texture: number
  positions: Slot
  uvs: Slot
  triangles: Slot
  headWeights: Slot
  fields: Partial<Record<Shape, { vertices: Slot; offsets: Slot }>>
}
type Head = Omit<Rig, 'layers' | 'backdrop'> & {
  layers: LayerHead[]
  textures: PlanesHead[]
  backdrop: PlanesHead | null
}

/** Writes a rig as bytes; an array or a texture that several layers share is stored once. */
export function encodeRig(rig: Rig): Uint8Array {
  const chunks: { offset: number; bytes: Uint8Array }[] = []
  let size = 0
  const stored = new Map<object, Slot>()
  const store = (array: Uint8Array | Uint32Array | Float32Array): Slot => {
    const known = stored.get(array)
    if (known) return known
    const kind: Kind = array instanceof Uint8Array ? 'u8' : array instanceof Uint32Array ? 'u32' : 'f32'
    const offset = size
    chunks.push({ offset, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) })
    size = align(size + array.byteLength)
    const slot: Slot = [kind, offset, array.length]
    stored.set(array, slot)
    return slot
  }
  const storePlanes = (p: TexturePlanes): PlanesHead => ({
    width: p.width,
    height: p.height,
    y: store(p.y),
    u: store(p.u),
    v: store(p.v),
    a: p.a && store(p.a),
    ac: p.ac && store(p.ac),
  })
  const textures = [...new Set(rig.layers.map((layer) => layer.texture))]
  const storedTextures = textures.map(storePlanes)
  const layers = rig.layers.map((layer): LayerHead => {
    const fields: LayerHead['fields'] = {}
    for (const [shape, field] of Object.entries(layer.fields)) {
      fields[shape as Shape] = { vertices: store(field.vertices), offsets: store(field.offsets) }
    }
    return {
      name: layer.name,
      texture: textures.indexOf(layer.texture),
      positions: store(layer.positions),
      uvs: store(layer.uvs),
      triangles: store(layer.triangles),
      headWeights: store(layer.headWeights),
      fields,
    }
  })
  const backdrop = rig.backdrop && storePlanes(rig.backdrop)
  const head: Head = { ...rig, layers, textures: storedTextures, backdrop }
  const json = new TextEncoder().encode(JSON.stringify(head))
  const start = align(MAGIC.length + 8 + json.length)
  const bytes = new Uint8Array(start + size)
  bytes.set(MAGIC)
  const view = new DataView(bytes.buffer)
  view.setUint32(MAGIC.length, json.length, true)
  view.setUint32(MAGIC.length + 4, size, true)
  bytes.set(json, MAGIC.length + 8)
  for (const chunk of chunks) bytes.set(chunk.bytes, start + chunk.offset)
  return bytes
}

/**
 * Reads a rig: its arrays are views into `bytes`, whose buffer may be shared between threads.
 * @throws Fault 'internal' where the bytes are not a whole rig file.
 */
export function decodeRig(bytes: Uint8Array): Rig {
  try {
    if (bytes.length < MAGIC.length + 8 || MAGIC.some((byte, i) => bytes[i] !== byte)) throw new Error('no rig file')
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const length = view.getUint32(MAGIC.length, true)
    const start = align(MAGIC.length + 8 + length)
    if (bytes.length !== start + view.getUint32(MAGIC.length + 4, true)) throw new Error('cut short')
    // Typed arrays need aligned bytes, which a slice of a larger buffer may not be.
    const whole = bytes.byteOffset % ALIGN ? bytes.slice() : bytes
    const head = JSON.parse(new TextDecoder().decode(whole.slice(MAGIC.length + 8, MAGIC.length + 8 + length))) as Head
    return restore(head, whole, start)
  } catch (cause) {
    throw new Fault('internal', 'A prepared presenter cannot be read. Delete the cached file; it is made again.', {
      cause,
    })
  }
}

function restore(head: Head, bytes: Uint8Array, start: number): Rig {
  const at = (slot: Slot) => bytes.byteOffset + start + slot[1]
  const u8 = (slot: Slot) => new Uint8Array(bytes.buffer, at(slot), slot[2])
  const u32 = (slot: Slot) => new Uint32Array(bytes.buffer, at(slot), slot[2])
  const f32 = (slot: Slot) => new Float32Array(bytes.buffer, at(slot), slot[2])
  const planes = (p: PlanesHead): TexturePlanes => ({
    width: p.width,
    height: p.height,
    y: u8(p.y),
    u: u8(p.u),
    v: u8(p.v),
    a: p.a && u8(p.a),
    ac: p.ac && u8(p.ac),
  })
  const { textures: stored, ...rest } = head
  const textures = stored.map(planes)
  const layers = head.layers.map((layer): RigLayer => {
    const fields: Partial<Record<Shape, Field>> = {}
    for (const [shape, field] of Object.entries(layer.fields)) {
      fields[shape as Shape] = { vertices: u32(field.vertices), offsets: f32(field.offsets) }
    }
    return {
      name: layer.name,
      texture: textures[layer.texture]!,
      positions: f32(layer.positions),
      uvs: f32(layer.uvs),
      triangles: u32(layer.triangles),
      headWeights: f32(layer.headWeights),
      fields,
    }
  })
  return { ...rest, layers, backdrop: head.backdrop && planes(head.backdrop) }
}

const align = (size: number) => Math.ceil(size / ALIGN) * ALIGN
