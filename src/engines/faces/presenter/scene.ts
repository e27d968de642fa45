// A person in front of the camera, cropped, smoothed and lit: what every picture and texture is baked from.
import type { Shape } from '../../../core/shapes.ts'
import { type Camera, frameCamera, project, projectOffsets, RIG_HEIGHT } from './camera.ts'
import type { Human, HumanPart, PartKind } from './human.ts'
import { type Mesh, pointNormals, SmoothTopology, subdivide, weldByPosition } from './mesh.ts'
import { smoothstep } from './noise.ts'
import type { Picture } from './picture.ts'
import type { SecondHand } from './second-hand.ts'
import { inSharedMemory } from './shared-memory.ts'
import { thinSurface } from './thin.ts'
import { castLight, LIGHT_STRIDE, type Occluder, type Region } from './visibility.ts'

/** A part at the coarse level that a rig keeps: smooth places in rig space. */
export type Coarse = {
  /** 3 a vertex, decimetres, on the smooth surface. */
  readonly points: Float32Array
  /** 3 a vertex, rig pixels. */
  readonly screen: Float32Array
  readonly normals: Float32Array
  /** 3 a vertex, rig pixels. */
  readonly fields: Readonly<Partial<Record<Shape, Float32Array>>>
}

/** One part of the scene. */
export type ScenePart = {
  readonly kind: PartKind
  readonly source: HumanPart
  readonly coarse: Coarse
  readonly fine: Mesh
  /** Rig pixels of the fine vertices. */
  readonly screen: Float32Array
  /** {@link LIGHT_STRIDE} values a fine vertex. */
  readonly light: Float32Array
  readonly picture: Picture | null
}

/** Parts that lie inside: they get their light where their layers are made. */
const UNLIT: ReadonlySet<PartKind> = new Set(['eye', 'teeth', 'tongue'])

/** The lit person. */
export type Scene = { readonly human: Human; readonly camera: Camera; readonly parts: readonly ScenePart[] }

/** Loop steps of what is drawn: the skin's triangles are then a few rig pixels wide; the others are fine enough. */
const stepsOf = (kind: PartKind): number => (kind === 'skin' ? 1 : 0)

const castsShadow = (kind: PartKind): boolean =>
  !UNLIT.has(kind) && kind !== 'lashes' && kind !== 'brows' && kind !== 'glasses'

/** What casts a part's shadow. */
type ShadowMesh = Pick<Occluder, 'positions' | 'triangles'>

/** How far what casts shadows may lie off what is drawn, decimetres: a good part of {@link castLight}'s slack. */
const SHADOW_ERROR = 0.004

/** Solid parts cast the shadow of a mesh that is thinned where it is nearly flat: there are a hundred maps to draw. */
function shadowMesh(part: HumanPart, { positions, triangles }: Mesh): ShadowMesh {
  return part.cutOut ? { positions, triangles } : inSharedMemory(thinSurface(positions, triangles, SHADOW_ERROR))
}

/** Lays out a human in front of the camera and lets the light fall on it. */
export async function openScene(human: Human, second: SecondHand): Promise<Scene> {
  const camera = frameCamera(human)
  const sources = inSharedMemory(
    human.parts.map((part) => cropPart(part, camera)).filter((part) => part.triangles.length > 0),
  )
  // The other thread reads the pictures while this one smooths the meshes.
  const reading = sources.map(({ diffusePath, name, kind, color, dye, grey }) =>
    second.ask('partPicture', { diffusePath, name, kind, color, dye, grey }),
  )
  const meshes = inSharedMemory(
    sources.map((part) => subdivide(part.positions, part.uvs, part.triangles, stepsOf(part.kind))),
  )
  const coarse = sources.map((source) => coarsen(source, human, camera))
  const shadows = sources.map((source, i) => (castsShadow(source.kind) ? shadowMesh(source, meshes[i]!) : null))
  const pictures = await Promise.all(reading)
  const lights = await lightMeshes(human, sources, meshes, shadows, pictures, second)
  const scene = sources.map((source, i): ScenePart => {
    const fine = meshes[i]!
    return {
      kind: source.kind,
      source,
      coarse: coarse[i]!,
      fine,
      screen: project(camera, fine.positions),
      light: lights[i]!,
      picture: pictures[i]!,
    }
  })
  return { human: { ...human, parts: [] }, camera, parts: inSharedMemory(scene) }
}

/** Drops what lies well below the cut of the picture. */
function cropPart(part: HumanPart, camera: Camera): HumanPart {
  const screen = project(camera, part.positions)
  const used = new Int32Array(part.headWeights.length).fill(-1)
  const kept: number[] = []
  const order: number[] = []
  for (let t = 0; t < part.triangles.length; t += 3) {
    const corners = [part.triangles[t]!, part.triangles[t + 1]!, part.triangles[t + 2]!]
    if (corners.every((v) => screen[v * 3 + 1]! > RIG_HEIGHT + 120)) continue
    for (const v of corners) {
      if (used[v]! < 0) {
        used[v] = order.length
        order.push(v)
      }
      kept.push(used[v]!)
    }
  }
  const take = (from: Float32Array, stride: number) => {
    const to = new Float32Array(order.length * stride)
    order.forEach((v, i) => {
      for (let c = 0; c < stride; c++) to[i * stride + c] = from[v * stride + c]!
    })
    return to
  }
  const fields: Partial<Record<Shape, Float32Array>> = {}
  for (const [shape, field] of Object.entries(part.fields)) fields[shape as Shape] = take(field, 3)
  return {
    ...part,
    positions: take(part.positions, 3),
    uvs: take(part.uvs, 2),
    triangles: Uint32Array.from(kept),
    headWeights: take(part.headWeights, 1),
    arms: part.arms && take(part.arms, 1),
    lowerJaw: part.lowerJaw && Uint8Array.from(order, (v) => part.lowerJaw![v]!),
    fields,
  }
}

function coarsen(part: HumanPart, human: Human, camera: Camera): Coarse {
  const { weld, count } = weldByPosition(part.positions)
  const topology = new SmoothTopology(part.triangles, weld, count)
  const smooth = stepsOf(part.kind) > 0
  // Smoothing thins the lips and would part them: there the vertices stay where they are.
  const kept = Float32Array.from({ length: weld.length }, (_, i) => nearLips(human, part.positions, i * 3))
  const settle = (values: Float32Array, keep = true) => {
    if (!smooth) return values
    const out = topology.scatter(topology.limit(topology.gather(values)))
    for (let i = 0; i < out.length; i++) {
      const k = kept[Math.floor(i / 3)]!
      if (keep && k > 0) out[i]! += (values[i]! - out[i]!) * k
    }
    return out
  }
  const points = settle(part.positions)
  const normals = topology.scatter(pointNormals(topology.gather(points), part.triangles, weld))
  const fields: Partial<Record<Shape, Float32Array>> = {}
  for (const [shape, field] of Object.entries(part.fields)) {
    fields[shape as Shape] = projectOffsets(camera, points, settle(field, false))
  }
  return { points, screen: project(camera, points), normals, fields }
}

/** 1 on the lips, 0 well away from them. */
function nearLips(human: Human, positions: Float32Array, at: number): number {
  const { mouthLeft, mouthRight } = human
  const half = Math.abs(mouthRight[0] - mouthLeft[0]) / 2
  const dx = (positions[at]! - (mouthLeft[0] + mouthRight[0]) / 2) / (half * 1.35)
  const dy = (positions[at + 1]! - (mouthLeft[1] + mouthRight[1]) / 2) / 0.17
  return 1 - smoothstep(0.55, 1, Math.hypot(dx, dy))
}

async function lightMeshes(
  human: Human,
  sources: readonly HumanPart[],
  meshes: readonly Mesh[],
  shadows: readonly (ShadowMesh | null)[],
  pictures: readonly (Picture | null)[],
  second: SecondHand,
): Promise<Float32Array[]> {
  const occluders: Occluder[] = []
  sources.forEach((source, i) => {
    const shadow = shadows[i]
    if (!shadow) return
    const picture = pictures[i]
    const cut =
      source.cutOut && picture
        ? { uvs: source.uvs, alpha: picture.alpha, width: picture.width, height: picture.height }
        : null
    occluders.push({ ...shadow, cut, closed: source.kind === 'skin' })
  })
  const [px, , pz] = human.headPivot
  const middle = (human.crown[1] + human.chin[1]) / 2
  const head: Region = { centre: [px, middle, pz], radius: 1.9 }
  const body: Region = { centre: [px, human.chin[1] - 1.8, pz], radius: 4.2 }
  const lights = meshes.map((mesh) => new Float32Array((mesh.positions.length / 3) * LIGHT_STRIDE))
  const pointsIn = (inHead: boolean) => {
    const chosen = meshes.map((mesh, m) => {
      const own = UNLIT.has(sources[m]!.kind) ? 0 : mesh.positions.length / 3
      const isSkin = sources[m]!.kind === 'skin'
      const kept: number[] = []
      for (let vertex = 0; vertex < own; vertex++) {
        // What turns away from the camera is never drawn.
        if (isSkin && mesh.normals[vertex * 3 + 2]! < -0.8) continue
        if (mesh.positions[vertex * 3 + 1]! > human.chin[1] - 0.7 === inHead) kept.push(vertex)
      }
      return kept
    })
    const take = (of: (mesh: Mesh) => Float32Array) =>
      Float32Array.from(
        chosen.flatMap((vertices, m) => {
          const values = of(meshes[m]!)
          return vertices.flatMap((v) => [values[v * 3]!, values[v * 3 + 1]!, values[v * 3 + 2]!])
        }),
      )
    return { chosen, points: take(({ positions }) => positions), normals: take(({ normals }) => normals) }
  }
  const onHead = pointsIn(true)
  const onBody = pointsIn(false)
  // Each thread looks along every other direction.
  const there = [
    second.ask('castLight', onHead.points, onHead.normals, occluders, head, 0.02, { part: 1, of: 2 }),
    second.ask('castLight', onBody.points, onBody.normals, occluders, body, 0.04, { part: 1, of: 2 }),
  ]
  const here = [
    castLight(onHead.points, onHead.normals, occluders, head, 0.02, { part: 0, of: 2 }),
    castLight(onBody.points, onBody.normals, occluders, body, 0.04, { part: 0, of: 2 }),
  ]
  for (const [index, { chosen }] of [onHead, onBody].entries()) {
    const [one, other] = [here[index]!, await there[index]!]
    let from = 0
    chosen.forEach((vertices, m) => {
      const light = lights[m]!
      for (const vertex of vertices) {
        for (let c = 0; c < LIGHT_STRIDE; c++, from++) light[vertex * LIGHT_STRIDE + c] = one[from]! + other[from]!
      }
    })
  }
  meshes.forEach((mesh, m) => {
    if (sources[m]!.kind === 'skin') evenOut(lights[m]!, mesh)
  })
  const top = topOfForearms(sources)
  sources.forEach((source, m) => {
    if (source.kind === 'cloth' && top !== null) liftUnderArms(source, lights[m]!, top)
  })
  return lights
}

/** What the shadow of a forearm leaves of the light on the clothes behind it: a hand that beats time uncovers them. */
const LEFT_UNDER_ARMS = 0.4

/** The height that the forearms reach, decimetres; null where they hang. */
function topOfForearms(parts: readonly HumanPart[]): number | null {
  let top: number | null = null
  for (const { positions, arms } of parts) {
    arms?.forEach((share, v) => {
      if (Math.abs(share) > 0.5) top = Math.max(top ?? positions[v * 3 + 1]!, positions[v * 3 + 1]!)
    })
  }
  return top
}

/** Keeps clothes from going black where a forearm rests on them, below the height that forearms reach. */
function liftUnderArms({ positions, arms }: HumanPart, light: Float32Array, top: number): void {
  if (!arms) return
  const brightest = new Float32Array(LIGHT_STRIDE)
  for (let i = 0; i < light.length; i++) brightest[i % LIGHT_STRIDE] = Math.max(brightest[i % LIGHT_STRIDE]!, light[i]!)
  arms.forEach((share, v) => {
    const under = smoothstep(top + 0.3, top - 0.3, positions[v * 3 + 1]!) * (1 - smoothstep(0.1, 0.5, Math.abs(share)))
    for (let c = 0; c < LIGHT_STRIDE; c++) {
      const least = LEFT_UNDER_ARMS * brightest[c]!
      const at = v * LIGHT_STRIDE + c
      if (light[at]! < least) light[at]! += under * 0.85 * (least - light[at]!)
    }
  })
}

/** Takes the grain of too few lamp points out of the light on a surface: each vertex moves towards its neighbours' mean. */
function evenOut(light: Float32Array, { triangles, weld }: Mesh): void {
  const points = weld.reduce((most, point) => Math.max(most, point), 0) + 1
  const sum = new Float32Array(points * LIGHT_STRIDE)
  const n = new Uint16Array(points)
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k]!
      const b = triangles[t + ((k + 1) % 3)]!
      const [toA, toB] = [weld[a]!, weld[b]!]
      n[toA]!++
      n[toB]!++
      for (let c = 0; c < LIGHT_STRIDE; c++) {
        sum[toA * LIGHT_STRIDE + c]! += light[b * LIGHT_STRIDE + c]!
        sum[toB * LIGHT_STRIDE + c]! += light[a * LIGHT_STRIDE + c]!
      }
    }
  }
  for (let v = 0; v < weld.length; v++) {
    const at = weld[v]!
    if (!n[at]) continue
    for (let c = 0; c < LIGHT_STRIDE; c++) {
      const i = v * LIGHT_STRIDE + c
      light[i]! += 0.55 * (sum[at * LIGHT_STRIDE + c]! / n[at]! - light[i]!)
    }
  }
}
