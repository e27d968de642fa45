// A recipe becomes a person: morphed, dressed, posed, with every mouth shape, and no light yet.
import type {
  PresenterRecipe,
  RecipeArms,
  RecipeGarment,
  RecipeHeadscarf,
  RecipeStrands,
} from '../../../core/recipe.ts'
import type { Shape } from '../../../core/shapes.ts'
import { ARM_POSES, armTurns, fittedArms, forearmWeights } from './arm-pose.ts'
import { type BaseMesh, BODY_VERTICES, loadBaseMesh } from './base-mesh.ts'
import { hairHeadWeights, jawWeightsOf, pivotOf, STANDING, skinHeadWeights } from './body-pose.ts'
import { breath } from './breath.ts'
import { eyeShapes } from './eye-shapes.ts'
import type { Dye } from './garments/dye.ts'
import type { Human, HumanPart, PartKind } from './human.ts'
import { findLandmarks } from './landmarks3d.ts'
import { linearColour } from './light.ts'
import { macroTargets } from './macro.ts'
import { mouthShapes } from './mouth-shapes.ts'
import { eyeglasses } from './props/eyeglasses.ts'
import { FLAT_EARS, headscarf } from './props/headscarf.ts'
import { sweptHair } from './props/swept-hair.ts'
import { fitProxy, followBase, loadProxy, materialPicture, type ProxyAsset, type ProxyFolder } from './proxy.ts'
import { drawnIn } from './pushed-skin.ts'
import { relaxedCloth } from './relaxed-cloth.ts'
import { type RestFace, restFace, TEETH, TONGUE } from './rest-face.ts'
import { poseMatrices, type Skeleton, type SkinWeights, skinPositions } from './skeleton.ts'
import { skinPicture } from './skins.ts'
import { type CoarseSurface, finishSurface, selectFaces } from './surface.ts'
import { sumTargets } from './targets.ts'
import { added } from './vectors.ts'

/** What a caller may choose about the geometry. */
export type AssembleOptions = {
  /** How often the skin is subdivided, 0 to 2 (default 1); each level makes four times as many triangles. */
  readonly subdivisionLevel?: number
}

type Fields = Readonly<Partial<Record<Shape, Float32Array>>>

/** The morphed body that parts are fitted to. */
export type Body = {
  readonly mesh: BaseMesh
  readonly face: RestFace
  readonly female: boolean
  /** Base vertices, arms still raised. */
  readonly morphed: Float32Array
  readonly skeleton: Skeleton
  readonly matrices: readonly (readonly number[])[]
  /** Poses with a hand lifted; none where the arms hang. */
  readonly beats: Readonly<Partial<Record<Shape, readonly (readonly number[])[]>>>
  /** Displacements of base vertices. */
  readonly fields: Fields
  /** Faces wholly below this height (the hips) are left out: no frame shows them. */
  readonly floor: number
}

/** Parts by kind, in the order that Human lists them. */
type Worn = RecipeGarment & RecipeStrands

const wardrobe = (recipe: PresenterRecipe): readonly (readonly [PartKind, ProxyFolder, Worn, number])[] => [
  ['eye', 'eyes', recipe.eyes, 1],
  ['teeth', 'teeth', { asset: TEETH }, 0],
  ['tongue', 'tongue', { asset: TONGUE }, 1],
  ['lashes', 'eyelashes', recipe.lashes, 1],
  ['brows', 'eyebrows', recipe.brows, 1],
  ...(recipe.hair ? [['hair', 'hair', recipe.hair, 1] as const] : []),
  ...recipe.clothes.map((asset) => ['cloth', 'clothes', asset, 1] as const),
]

/**
 * Assembles a presenter.
 * @throws Fault `invalid` for a target, asset or material that the human model does not have
 */
export const assembleHuman = async (recipe: PresenterRecipe, options: AssembleOptions = {}): Promise<Human> => {
  const body = await morphBody(recipe)
  const parts = await Promise.all(
    wardrobe(recipe).map(async ([kind, folder, asset, levels]) => ({
      kind,
      asset,
      levels,
      proxy: await loadProxy(folder, asset.asset),
    })),
  )
  const clothes = parts.filter(({ kind }) => kind === 'cloth').map(({ proxy }) => proxy)
  const human = [
    skinPart(recipe, body, clothes, options.subdivisionLevel ?? 1),
    ...parts.map(({ kind, asset, levels, proxy }) => proxyPart(kind, asset, proxy, body, levels)),
  ]
  const landmarks = findLandmarks(body, human)
  const combed = human.map((part) =>
    part.kind === 'hair' && recipe.hair?.swept ? { ...part, positions: sweptHair(part.positions, landmarks) } : part,
  )
  const scarf = recipe.headscarf ? [wornScarf(recipe, recipe.headscarf, body, landmarks, combed)] : []
  const glasses = recipe.glasses
    ? eyeglasses(recipe.glasses, landmarks, body.morphed, linearColour(recipe.glasses.color))
    : []
  return { parts: [...combed, ...scarf, ...glasses], ...landmarks }
}

const morphBody = async (recipe: PresenterRecipe): Promise<Body> => {
  const mesh = await loadBaseMesh()
  const displacement = await sumTargets(
    new Map([
      ...macroTargets(recipe.macro),
      ...Object.entries(recipe.details),
      ...Object.entries(recipe.headscarf ? FLAT_EARS : {}),
    ]),
  )
  const face = await restFace(mesh, added(mesh.positions, displacement), recipe.macro)
  return {
    mesh,
    face,
    female: recipe.macro.gender < 0.5,
    morphed: face.positions,
    skeleton: face.skeleton,
    ...armMatrices(face.skeleton, recipe.arms),
    fields: { ...(await mouthShapes(face)), ...(await eyeShapes(face)), breath: breath(face) },
    floor: pivotOf(face.skeleton, 'upperleg01.L')[1],
  }
}

const armMatrices = (skeleton: Skeleton, arms: RecipeArms = 'together'): Pick<Body, 'matrices' | 'beats'> => {
  if (arms === 'hanging') return { matrices: poseMatrices(skeleton, STANDING), beats: {} }
  const { rest, beat } = fittedArms(skeleton, ARM_POSES[arms])
  const resting = { ...STANDING, ...armTurns(skeleton, 'L', rest), ...armTurns(skeleton, 'R', rest) }
  return {
    matrices: poseMatrices(skeleton, resting),
    beats: {
      handLeft: poseMatrices(skeleton, { ...resting, ...armTurns(skeleton, 'L', beat) }),
      handRight: poseMatrices(skeleton, { ...resting, ...armTurns(skeleton, 'R', beat) }),
    },
  }
}

/** How a surface goes with the forearms, and where the beats of the hands take it. */
const carriedByArms = (
  body: Body,
  skin: SkinWeights,
  positions: Float32Array,
): Pick<CoarseSurface, 'arms' | 'fields'> => {
  const poses = Object.entries(body.beats)
  if (poses.length === 0) return { arms: null, fields: {} }
  const rest = skinPositions(positions, skin, body.matrices)
  const fields = poses.map(([shape, matrices]) => {
    const moved = skinPositions(positions, skin, matrices)
    return [shape, moved.map((value, i) => value - (rest[i] as number))] as const
  })
  return { arms: forearmWeights(body.skeleton, skin), fields: Object.fromEntries(fields) }
}

/** Decimetres: what moves less than this nowhere is no field. */
const STILL = 1e-4

const movingFields = (fields: Fields, carry: (field: Float32Array) => Float32Array): Fields =>
  Object.fromEntries(
    Object.entries(fields)
      .map(([shape, field]) => [shape, carry(field)] as const)
      .filter(([, field]) => field.some((value) => Math.abs(value) > STILL)),
  )

const skinPart = (recipe: PresenterRecipe, body: Body, clothes: readonly ProxyAsset[], levels: number): HumanPart => {
  const { mesh } = body
  const under = new Uint8Array(BODY_VERTICES).map((_, vertex) => (clothes.some(({ hides }) => hides[vertex]) ? 1 : 0))
  const carried = carriedByArms(body, mesh.skin, body.morphed)
  const positions = drawnIn(mesh, skinPositions(body.morphed, mesh.skin, body.matrices), under)
  const covered = (vertex: number): boolean => under[vertex] === 1
  const whole = mesh.faces.corners
  const all = (face: number, test: (vertex: number) => boolean): boolean =>
    [0, 1, 2, 3].every((corner) => test(whole[face * 4 + corner] as number))
  const buried = new Uint8Array(whole.length / 4).map((_, face) => (all(face, covered) ? 1 : 0))
  const high = (vertex: number): boolean => (positions[vertex * 3 + 1] as number) > body.floor
  const kept = (face: number): boolean => !all(face, (vertex) => !high(vertex))
  const quads = selectFaces(mesh.faces, kept)
  return {
    kind: 'skin',
    name: recipe.skin.picture,
    ...finishSurface(
      {
        quads,
        uvs: mesh.uvs,
        positions: positions.subarray(0, BODY_VERTICES * 3),
        headWeights: skinHeadWeights(body.skeleton, mesh, positions),
        lowerJaw: null,
        arms: carried.arms,
        fields: {
          ...movingFields(body.fields, (field) => field.subarray(0, BODY_VERTICES * 3)),
          ...movingFields(carried.fields, (field) => field.subarray(0, BODY_VERTICES * 3)),
        },
        hidden: buried.filter((_, face) => kept(face)),
      },
      levels,
    ),
    diffusePath: skinPicture(recipe.skin.picture),
    tint: linearColour(recipe.skin.tint),
    color: null,
    dye: null,
    grey: 0,
    cutOut: false,
  }
}

const proxyPart = (kind: PartKind, asset: Worn, proxy: ProxyAsset, body: Body, levels: number): HumanPart => {
  const unposed = fitProxy(proxy, body.morphed)
  const fitted = skinPositions(unposed, proxy.skin, body.matrices)
  const carried = kind === 'cloth' ? carriedByArms(body, proxy.skin, unposed) : { arms: null, fields: {} }
  const positions = kind === 'cloth' && body.female ? relaxedCloth(proxy.faces, fitted, ...chest(body)) : fitted
  const low = (vertex: number): boolean => (positions[vertex * 3 + 1] as number) <= body.floor
  const quads = selectFaces(
    proxy.faces,
    (face) => ![0, 1, 2, 3].every((corner) => low(proxy.faces.corners[face * 4 + corner] as number)),
  )
  return {
    kind,
    name: proxy.name,
    ...finishSurface(
      {
        quads,
        uvs: proxy.uvs,
        positions,
        headWeights: headWeightsFor(kind, positions, body),
        lowerJaw: kind === 'teeth' ? jawWeightsOf(body.skeleton, proxy.skin) : null,
        arms: carried.arms,
        fields: {
          ...movingFields(body.fields, (field) => followBase(proxy, field)),
          ...movingFields(carried.fields, (field) => field),
        },
        hidden: null,
      },
      levels,
    ),
    diffusePath: materialPicture(proxy, asset),
    tint: linearColour(asset.tint ?? '#ffffff'),
    color: asset.color === undefined ? null : linearColour(asset.color),
    dye: dyeOf(asset),
    grey: asset.grey ?? 0,
    cutOut: kind === 'hair' || kind === 'beard' || kind === 'brows' || kind === 'lashes',
  }
}

const wornScarf = (
  { skin }: PresenterRecipe,
  { color }: RecipeHeadscarf,
  body: Body,
  landmarks: Omit<Human, 'parts'>,
  parts: readonly HumanPart[],
): HumanPart => {
  const under = parts.filter(({ kind }) => kind === 'skin' || kind === 'cloth').map(({ positions }) => positions)
  const scarf = headscarf(landmarks, under, linearColour(color), skin.seed)
  return { ...scarf, headWeights: headWeightsFor('hair', scarf.positions, body) }
}

/** A garment of one zone, dyed plain, or of several. */
const dyeOf = ({ color, colors, plain = false }: Worn): Dye | null => {
  if (colors)
    return {
      colours: Object.fromEntries(Object.entries(colors).map(([zone, hex]) => [zone, linearColour(hex)])),
      plain,
    }
  return plain && color ? { colours: { '': linearColour(color) }, plain } : null
}

/** Heights of waist and collar. */
const chest = ({ skeleton }: Body): [number, number] => [
  pivotOf(skeleton, 'spine03')[1],
  pivotOf(skeleton, 'clavicle.L')[1],
]

const headWeightsFor = (kind: PartKind, positions: Float32Array, body: Body): Float32Array => {
  if (kind === 'cloth') return new Float32Array(positions.length / 3)
  if (kind !== 'hair') return new Float32Array(positions.length / 3).fill(1)
  const shoulders = pivotOf(body.skeleton, 'clavicle.L')[1]
  const chin = pivotOf(body.skeleton, 'oris01')[1] - 0.2
  return hairHeadWeights(positions, chin, shoulders, pivotOf(body.skeleton, 'head'))
}
