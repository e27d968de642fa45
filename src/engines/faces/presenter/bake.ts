// Turns an assembled person into a rig: every layer with its light baked in.
import type { PresenterRecipe } from '../../../core/recipe.ts'
import type { Rig, RigLayer } from '../../../core/rig.ts'
import { projectPoint, RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import { bleedColours, type Canvas, openCanvas } from './canvas.ts'
import { makeEyeLight } from './eyes.ts'
import { coverOf, faceLayer } from './face-layer.ts'
import { drawFront, findNearest, raiseNeck, type Shown, softenJaw } from './front.ts'
import { type Carrier, gridLayer } from './grid.ts'
import { cutOf, dropCrumbs, type HairPicture, openHairPicture, type Strands, shadeUnderHair } from './hair.ts'
import { carrierOf, HAIR_CELL, type HairPictures } from './hair-layers.ts'
import type { Human } from './human.ts'
import { measure } from './measure.ts'
import { closeGaps, evenFlow } from './mend-hair.ts'
import type { DepthMap } from './raster.ts'
import { rimLayer } from './rim.ts'
import { openScene, type Scene, type ScenePart } from './scene.ts'
import type { SecondHand } from './second-hand.ts'
import { finishSkin, type HairShade, openSkinMap, type SkinMap } from './skin.ts'
import { fineTriangles, sortSkin } from './skin-parts.ts'
import { findFeatures } from './skin-shade.ts'
import { brightnessOf } from './strand-grain.ts'
import { thinLayer } from './thin.ts'
import { openTurns } from './turns.ts'

/** Texels a unit of texture space on the head: a little more than one a rig pixel. */
const HEAD_DENSITY = 2400
const BODY_DENSITY = 1300
/** The head's island of the human model's texture layout (v down). */
const HEAD_RECT = { left: 0.63, top: 0.17, right: 1, bottom: 0.87 }
/** Sides of grid cells in rig pixels. */
const BODY_CELL = 40
/** Sides of the cells of hands and sleeves, which bend. */
const ARM_CELL = 24
/** A sleeve and the hand in it lie close together and move a little differently: passes that even that out. */
const ARM_SMOOTHING = 3
/** Forearms are layers of their own; up to here the upper arm's layer shows them too, so that no gap opens at the elbow. */
const ARM_FROM = 0.1
const BODY_UP_TO = 0.3
/** What lies less than this behind what is nearest carries the picture too, rig pixels. */
const SEEN = 8
/** What lies further than this behind a solid outline never shows, rig pixels: more than any turn of the head uncovers. */
const UNCOVERED = 40
/** Skin this deep under hair, rig pixels, is never seen; nearer to its rim it shines through where hair thins out. */
const THINNED = 14

/** What a caller may choose. */
export type BakeOptions = { readonly signal?: AbortSignal; readonly onProgress?: (fraction: number) => void }

/**
 * Bakes a person, whose skin is best not subdivided, into a rig.
 * @param second does what it can at the same time.
 * @throws Fault 'internal' where a picture cannot be read; the signal's reason where it is aborted.
 */
export async function bakeRig(
  human: Human,
  recipe: PresenterRecipe,
  second: SecondHand,
  options: BakeOptions = {},
): Promise<Rig> {
  const step = async (fraction: number) => {
    options.onProgress?.(fraction)
    await new Promise((resolve) => setImmediate(resolve))
    options.signal?.throwIfAborted()
  }
  const scene = await openScene(human, second)
  await step(0.4)
  const skin = scene.parts.find((part) => part.kind === 'skin')!
  const cloth = scene.parts.filter((part) => part.kind === 'cloth')
  const strands = scene.parts.filter((part) => part.kind === 'hair' || part.kind === 'beard')
  const skinParts = sortSkin(skin, human.mouthLeft[1])
  const clothes = cloth.map((part): Shown => ({ part, triangles: part.fine.triangles }))
  const solid: Shown[] = [{ part: skin, triangles: fineTriangles(skin, skinParts.outside) }, ...clothes]
  const surfaces = [
    { part: skin, coarse: skinParts.body },
    ...cloth.map((part) => ({ part, coarse: trianglesOf(part) })),
  ]
  const bodyShown = shownWhere(surfaces, (arms) => arms.some((share) => Math.abs(share) < BODY_UP_TO))
  const arms = ([-1, 1] as const)
    .map((side) => ({
      side,
      shown: shownWhere(surfaces, (shares) => shares.every((share) => share * side > ARM_FROM)),
    }))
    .filter(({ shown }) => shown.length > 0)
    .map((arm) => ({ ...arm, canvas: openCanvas() }))
  const headShown: Shown[] = [{ part: skin, triangles: fineTriangles(skin, skinParts.head) }]
  const combing = strands.map((part) => second.ask('combStrands', scene, part))
  const nearest = findNearest(solid)
  const nearestHead = findNearest(headShown)
  const splitZ = projectPoint(scene.camera, [0, human.headPivot[1], human.headPivot[2] + 0.1]).z
  const eyes = scene.parts.filter((part) => part.kind === 'eye')
  const solids = findNearest(
    eyes.map((part): Shown => ({ part, triangles: part.fine.triangles })),
    nearest,
  )
  const deep = deepInside(nearest, UNCOVERED)
  // A cell of hair that is kept is kept whole.
  const hidden = deepInside(nearest, UNCOVERED + HAIR_CELL)
  const combed = await Promise.all(combing)
  const hair = await drawHair(combed, solids, splitZ, hidden, second)
  await step(0.6)
  const cut = cutOf(recipe.hair?.asset ?? '')
  const shade = shadeUnderHair(hair.front, combed, cut)
  const bareFace = projectPoint(scene.camera, [0, 0, human.headPivot[2] + 0.3]).z
  const finishing = second.ask('finishHair', scene, hair, cut, nearest, nearestHead, bareFace)
  const covered = (x: number, y: number) => (shade.amount[Math.floor(y) * RIG_WIDTH + Math.floor(x)] ?? 0) > 0.985
  const buried = (x: number, y: number) =>
    covered(x, y) && [-THINNED, THINNED].every((d) => covered(x + d, y) && covered(x, y + d))
  const shown = skinParts.head.filter((t) =>
    [0, 1, 2].some((k) => {
      const v = skin.source.triangles[t * 3 + k]! * 3
      return !buried(skin.coarse.screen[v]!, skin.coarse.screen[v + 1]!)
    }),
  )
  const maps = await bakeSkin(scene, skin, recipe, shown, skinParts.body, shade, second)
  await finishing
  await step(0.75)
  const [body, rim] = [openCanvas(), openCanvas()]
  const scarves = scene.parts
    .filter((part) => part.kind === 'scarf')
    .flatMap((part) =>
      (['inside', 'outside'] as const).map((side) => ({
        name: side === 'outside' ? ('hair' as const) : ('hairBack' as const),
        shown: scarfSide(part, side),
        canvas: openCanvas(),
      })),
    )
  const drawing = [
    second.share('drawFront', scene, bodyShown, maps, body),
    second.share('drawFront', scene, headShown, maps, rim),
    ...arms.map(({ shown, canvas }) => second.share('drawFront', scene, shown, maps, canvas)),
    ...scarves.map(({ shown, canvas }) => second.share('drawFront', scene, [shown], [], canvas)),
  ]
  const making = [
    second.ask('hairLayers', strands, hair, nearest, splitZ, deep),
    second.ask('insideLayers', scene),
  ] as const
  await Promise.all(drawing)
  const nearestBody = findNearest(bodyShown)
  raiseNeck(
    body,
    nearestBody,
    findNearest(bodyShown.slice(0, 1)),
    nearestHead,
    projectPoint(scene.camera, human.chin).y + 45,
    90,
  )
  softenJaw(rim, body, projectPoint(scene.camera, human.mouthLeft).y)
  await step(0.9)
  for (const { canvas } of [{ canvas: body }, { canvas: rim }, ...arms, ...scarves]) bleedColours(canvas, 3)
  const face = faceLayer(scene, skin, shown, maps[0]!, nearestHead)
  const rimmed = rimLayer(skin, shown, rim, nearestHead, coverOf(face))
  const scarfLayers = (name: 'hair' | 'hairBack') =>
    scarves
      .filter((scarf) => scarf.name === name)
      .flatMap(({ shown, canvas }) =>
        gridLayer(name, canvas, [carrierOf(shown.part, findNearest([shown]), SEEN)], HAIR_CELL),
      )
  const bodyLayers = gridLayer(
    'body',
    body,
    [skin, ...cloth].map((part) => carriedWhere(part, nearestBody, (share) => Math.abs(share) < BODY_UP_TO)),
    BODY_CELL,
  )
  const armLayers = arms.flatMap(({ side, shown, canvas }) => {
    const seen = findNearest(shown)
    const carriers = shown.map(({ part }) => carriedWhere(part, seen, (share) => share * side > ARM_FROM))
    return gridLayer('arm', canvas, carriers, ARM_CELL, undefined, ARM_SMOOTHING)
  })
  const glasses = scene.parts
    .filter((part) => part.kind === 'glasses')
    .flatMap((part) => glassesLayer(scene, part, nearest, hair.front))
  const outline = thinLayer(rimmed, 0.5, 2, ['jawOpen'])
  const [inside, outside] = [scarfLayers('hairBack'), scarfLayers('hair')]
  const eyeLight = makeEyeLight(scene, face)
  const [hairs, openings] = await Promise.all(making)
  await step(1)
  return {
    format: 1,
    width: RIG_WIDTH,
    height: RIG_HEIGHT,
    layers: [
      ...hairs.back,
      ...inside,
      ...bodyLayers,
      ...armLayers,
      outline,
      ...openings.mouth,
      ...openings.eyes,
      ...eyeLight,
      face,
      ...openings.lashes,
      ...openings.brows,
      ...hairs.front,
      ...outside,
      ...glasses,
    ],
    ...measure(scene, skin, skinParts.head, body),
    backdrop: null,
  }
}

/** Draws all hair; what lies before the head apart from what lies behind it. */
async function drawHair(
  combed: readonly Strands[],
  solids: DepthMap,
  splitZ: number,
  hidden: Uint8Array,
  second: SecondHand,
): Promise<HairPictures> {
  const [front, back] = [openHairPicture(), openHairPicture()]
  await Promise.all([
    second.share('drawFrontHair', combed, solids, splitZ, front),
    second.share('drawBackHair', combed, splitZ, hidden, back),
  ])
  const one = combed[0]
  if (one) {
    if (!one.curly) {
      closeGaps(front.canvas)
      evenFlow(front.canvas, front.flow)
    }
    const grain = ({ canvas, flow }: HairPicture) =>
      second.share('addStrandGrain', canvas, flow, brightnessOf(canvas), one.curly, one.part.source.grey)
    await Promise.all([front, back].map(grain))
  }
  const dropped = second.ask('dropCrumbs', back.canvas)
  dropCrumbs(front.canvas)
  await dropped
  return { front: front.canvas, flow: front.flow, back: back.canvas }
}

/**
 * Bakes the skin: a map of the head's island, and one of what else of the body shows.
 *
 * @param head, body coarse triangles.
 */
async function bakeSkin(
  scene: Scene,
  skin: ScenePart,
  recipe: PresenterRecipe,
  head: readonly number[],
  body: readonly number[],
  shade: HairShade,
  second: SecondHand,
): Promise<SkinMap[]> {
  const rect = visibleBodyRect(skin, body)
  const open = [
    openSkinMap(skin, fineTriangles(skin, [...new Set([...head, ...body])]), HEAD_RECT, HEAD_DENSITY),
    ...(rect ? [openSkinMap(skin, fineTriangles(skin, body), rect, BODY_DENSITY)] : []),
  ]
  const features = findFeatures(scene, skin)
  await Promise.all(open.map((map) => second.share('shadeSkin', scene, skin, recipe, features, map, shade)))
  const others = open.slice(1).map((map) => second.ask('finishSkin', scene, skin, map))
  finishSkin(scene, skin, open[0]!)
  await Promise.all(others)
  return open.map(({ left, top, density, width, height, colours }) => ({ left, top, density, width, height, colours }))
}

const trianglesOf = (part: ScenePart) => Array.from({ length: part.source.triangles.length / 3 }, (_, t) => t)

/** What of surfaces a picture shows, by how far the corners of their coarse triangles go with the forearms. */
function shownWhere(
  surfaces: readonly { readonly part: ScenePart; readonly coarse: readonly number[] }[],
  test: (arms: readonly number[]) => boolean,
): Shown[] {
  return surfaces
    .map(({ part, coarse }): Shown => {
      const { triangles, arms } = part.source
      const corner = (t: number, k: number) => arms?.[triangles[t * 3 + k]!] ?? 0
      const chosen = coarse.filter((t) => test([corner(t, 0), corner(t, 1), corner(t, 2)]))
      return { part, triangles: fineTriangles(part, chosen) }
    })
    .filter(({ triangles }) => triangles.length > 0)
}

/** What a surface shows of a part, as far as its share in the forearms' motion lets it. */
function carriedWhere(part: ScenePart, nearest: DepthMap, test: (share: number) => boolean): Carrier {
  const carrier = carrierOf(part, nearest, SEEN)
  const { arms } = part.source
  return { ...carrier, chosen: carrier.chosen.filter((v) => test(arms?.[v] ?? 0)) }
}

/** Bounds in texture space (v down) of skin below the head's island that the camera may see. */
function visibleBodyRect(skin: ScenePart, body: readonly number[]) {
  const { triangles, uvs } = skin.source
  const { normals, screen } = skin.coarse
  const rect = { left: 1, top: 1, right: 0, bottom: 0 }
  for (const t of body) {
    for (let k = 0; k < 3; k++) {
      const v = triangles[t * 3 + k]!
      if (uvs[v * 2]! > 0.63 && 1 - uvs[v * 2 + 1]! > 0.17) continue
      if (normals[v * 3 + 2]! < -0.2 || screen[v * 3 + 1]! > RIG_HEIGHT + 40) continue
      rect.left = Math.min(rect.left, uvs[v * 2]! - 0.01)
      rect.right = Math.max(rect.right, uvs[v * 2]! + 0.01)
      rect.top = Math.min(rect.top, 1 - uvs[v * 2 + 1]! - 0.01)
      rect.bottom = Math.max(rect.bottom, 1 - uvs[v * 2 + 1]! + 0.01)
    }
  }
  return rect.left < rect.right ? rect : null
}

/** 1 for rig pixels from which everything solid reaches at least so far on every side; in shared memory. */
function deepInside({ width, height, depth }: DepthMap, reach: number): Uint8Array {
  const deep = new Uint8Array(new SharedArrayBuffer(width * height))
  // For each column, how many rows on end up to this one are solid `reach` to either side.
  const runs = new Uint16Array(width)
  const side = 2 * reach + 1
  for (let y = 0; y < height; y++) {
    let run = 0
    for (let x = 0; x < width; x++) {
      run = depth[y * width + x]! > Number.NEGATIVE_INFINITY ? run + 1 : 0
      const middle = x - reach
      if (middle < 0) continue
      const rows = run >= side ? runs[middle]! + 1 : 0
      runs[middle] = rows
      if (rows >= side) deep[(y - reach) * width + middle] = 1
    }
  }
  return deep
}

/** A side of a headscarf: its inside stands behind the face, and before ears and face what of it turns to the camera. */
function scarfSide(part: ScenePart, side: 'inside' | 'outside'): Shown {
  const { triangles, normals } = part.fine
  const chosen = triangles.filter((_, i) => {
    const t = i - (i % 3)
    const towards = [0, 1, 2].reduce((sum, k) => sum + normals[triangles[t + k]! * 3 + 2]!, 0) > -0.15
    return towards === (side === 'outside')
  })
  return { part, triangles: Uint32Array.from(chosen) }
}

/** Glasses, hidden where skin is before them and, beside the eyes, where hair is. */
function glassesLayer(scene: Scene, part: ScenePart, solids: DepthMap, hair: Canvas): RigLayer[] {
  const shown: Shown[] = [{ part, triangles: part.fine.triangles }]
  const canvas = openCanvas()
  drawFront(scene, shown, [], canvas, openTurns())
  const nearest = findNearest(shown)
  const { eyeLeft, eyeRight } = scene.human
  const reach = Math.abs(eyeRight[0] - eyeLeft[0]) * 0.4 * scene.camera.scale
  const [left, right] = [projectPoint(scene.camera, eyeLeft).x - reach, projectPoint(scene.camera, eyeRight).x + reach]
  for (let i = 0; i < nearest.depth.length; i++) {
    if (canvas.rgba[i * 4 + 3] === 0) continue
    const x = i % canvas.width
    if (nearest.depth[i]! < solids.depth[i]! - 2) canvas.rgba[i * 4 + 3] = 0
    else if (x < left || x > right) canvas.rgba[i * 4 + 3]! *= 1 - hair.rgba[i * 4 + 3]! / 255
  }
  bleedColours(canvas, 3)
  return gridLayer('glasses', canvas, [carrierOf(part, nearest, SEEN)], HAIR_CELL)
}
