// In a render process: what painters need beside a plan, loaded once and kept while it is in use.
import { open } from 'node:fs/promises'
import { Fault } from '../core/errors.ts'
import type { Placement, PlannedBackground, PlannedMark, PlannedScene, PlannedWindow } from '../core/plan.ts'
import type { Rig, TexturePlanes } from '../core/rig.ts'
import type { Canvas } from '../core/spec.ts'
import { decodeRig } from '../engines/faces/rig-file.ts'
import { openAlphaPainter } from '../engines/painter/alpha-painter.ts'
import { photoPitch, superResolve } from '../engines/painter/enlarge-rig.ts'
import { openPainter, type Painter, withinWindow } from '../engines/painter/painter.ts'
import { drawBackdrop } from '../engines/pictures/backdrop.ts'
import { drawCaption } from '../engines/pictures/caption.ts'
import { pictureBackground } from '../engines/pictures/picture-background.ts'
import { placePicture } from '../engines/pictures/place-picture.ts'
import { solidColour } from '../engines/pictures/solid.ts'
import { drawWatermark } from '../engines/pictures/watermark.ts'
import { recipeOfRig } from './rig-cache.ts'

/** How many rigs a render process keeps in memory. */
const RIGS_KEPT = 2
/** And how many painters: two who talk in turn. */
const PAINTERS_KEPT = 2
/** What stands behind nobody where no colour was asked for. */
const EMPTY_ROOM = '#000000'

const rigs = new Map<string, Promise<Rig>>()
/** The one used last is the last. */
const painters = new Map<string, Promise<ScenePainter>>()

/** The rig of a file; the last few stay loaded. */
export function loadRig(path: string): Promise<Rig> {
  const rig = rigs.get(path) ?? readRig(path)
  rigs.delete(path)
  rigs.set(path, rig)
  rig.catch(() => rigs.delete(path))
  for (const oldest of rigs.keys()) {
    if (rigs.size <= RIGS_KEPT) break
    rigs.delete(oldest)
  }
  return rig
}

/**
 * Draws what stands behind an avatar, or behind nobody.
 * @param rigPath the avatar's rig, which knows its backdrop; null: nobody's. @param placement where the avatar stands: a
 * photo's own background moves with it. @param isSharpened that of a photo is, where it is shown larger than it is.
 */
export async function drawBackground(
  background: PlannedBackground,
  { width, height }: Pick<Canvas, 'width' | 'height'>,
  rigPath: string | null,
  placement: Placement | null,
  mediaPaths: MediaPaths,
  isSharpened = false,
): Promise<TexturePlanes> {
  // A clip's own colour is what stands where it does not reach.
  if (background.kind === 'color' || background.kind === 'video') return solidColour(background.color, width, height)
  if (background.kind === 'picture') {
    return pictureBackground(pictureAt(background.hash, mediaPaths), { ...background, width, height })
  }
  if (rigPath === null || background.kind === 'none') return solidColour(EMPTY_ROOM, width, height)
  const rig = await loadRig(rigPath)
  if (rig.backdrop && placement) {
    const { scale, x, y } = placement
    const pitch = photoPitch(rig, scale)
    if (!isSharpened || pitch <= 1) return placePicture(rig.backdrop, width, height, { scale: pitch, x, y })
    const { picture, factor } = superResolve(rig.backdrop, pitch)
    return placePicture(picture, width, height, { scale: pitch / factor, x, y })
  }
  return drawBackdrop((await recipeOfRig(rigPath)).backdrop, width, height)
}

/** Where the pictures of a video lie, by their hashes. */
export type MediaPaths = Readonly<Record<string, string>>

/** What of a scene its painter depends on. */
export type SceneLook = Pick<PlannedScene, 'background'> & {
  readonly character: Pick<
    NonNullable<PlannedScene['character']>,
    'avatarId' | 'placement' | 'window' | 'isSharpened'
  > | null
}

/** Where the files of a video lie: rigs by avatar id, pictures by hash. */
export type ScenePaths = { readonly rigPaths: Readonly<Record<string, string>>; readonly mediaPaths: MediaPaths }

/**
 * A scene's painter. Painters are kept for other scenes of the same size with the same character in the same place: a video
 * mostly has one, before many backgrounds.
 */
export async function painterFor(
  canvas: Canvas,
  scene: SceneLook,
  mark: PlannedMark | null,
  paths: ScenePaths,
): Promise<Painter> {
  const { placement = null, window = null, isSharpened = false } = scene.character ?? {}
  const hasAlpha = scene.background.kind === 'none'
  const stage = window && { ...window, background: null }
  const size = [canvas.width, canvas.height, hasAlpha]
  const key = JSON.stringify([size, rigPathOf(scene, paths), placement?.scale, stage, isSharpened, mark])
  const found = painters.get(key)
  painters.delete(key)
  const kept = found ?? openScenePainter(canvas, scene, mark, paths)
  painters.set(key, kept)
  try {
    const { painter, show } = await kept
    if (found) await show(scene, paths)
    for (const oldest of painters.keys()) {
      if (painters.size <= PAINTERS_KEPT) break
      painters.delete(oldest)
    }
    return painter
  } catch (error) {
    painters.delete(key)
    throw error
  }
}

/** A painter, and how to have it paint other scenes that differ in what stands behind alone. */
export type ScenePainter = {
  readonly painter: Painter
  show(scene: SceneLook, paths: ScenePaths): Promise<void>
}

/** A painter for a scene, for nobody else. */
export async function openScenePainter(
  canvas: Canvas,
  scene: SceneLook,
  mark: PlannedMark | null,
  paths: ScenePaths,
): Promise<ScenePainter> {
  const rigPath = rigPathOf(scene, paths)
  const { avatarId = null } = scene.character ?? {}
  let shown = lookOf(scene)
  let grounds = await drawGrounds(canvas, scene, paths)
  const open = scene.background.kind === 'none' ? openAlphaPainter : openPainter
  const painter = await open({
    canvas,
    rigs: new Map(avatarId !== null && rigPath !== null ? [[avatarId, await loadRig(rigPath)]] : []),
    background: (_, size) => (size === canvas ? grounds.behind : grounds.inWindow),
    caption: drawCaption,
    mark: mark ? await drawWatermark(pictureAt(mark.hash, paths.mediaPaths), mark, canvas) : undefined,
  })
  return {
    painter,
    async show(other, otherPaths) {
      if (lookOf(other) === shown) return
      grounds = await drawGrounds(canvas, other, otherPaths)
      shown = lookOf(other)
    },
  }
}

function lookOf({ background, character }: SceneLook): string {
  const { avatarId, placement, window, isSharpened } = character ?? {}
  return JSON.stringify([background, avatarId, placement, window, isSharpened])
}

/** What stands behind a scene, and in its window. */
async function drawGrounds(canvas: Canvas, scene: SceneLook, paths: ScenePaths) {
  const { placement = null, window = null, isSharpened } = scene.character ?? {}
  const rigPath = rigPathOf(scene, paths)
  const place = window ? null : placement
  const behind = await drawBackground(scene.background, canvas, rigPath, place, paths.mediaPaths, isSharpened)
  const inWindow = window && scene.character ? await windowBackground(window, scene.character, rigPath) : behind
  return { behind, inWindow }
}

function rigPathOf({ character }: SceneLook, { rigPaths }: ScenePaths): string | null {
  return character ? (rigPaths[character.avatarId] ?? null) : null
}

function pictureAt(hash: string, mediaPaths: MediaPaths): string {
  const path = mediaPaths[hash]
  if (path === undefined) throw new Fault('internal', 'A picture of the video was not prepared.')
  return path
}

/** What stands behind a character in its window. */
function windowBackground(
  window: PlannedWindow,
  character: NonNullable<SceneLook['character']>,
  rigPath: string | null,
): Promise<TexturePlanes> {
  return drawBackground(window.background, window, rigPath, withinWindow(character), {}, character.isSharpened)
}

/** Forgets the painters that are kept, after one has failed. */
export function dropPainters(): void {
  painters.clear()
}

async function readRig(path: string): Promise<Rig> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const bytes = new Uint8Array(size)
    for (let done = 0; done < size; ) {
      const { bytesRead } = await file.read(bytes, done, size - done, done)
      if (bytesRead === 0) throw new Fault('internal', `The rig ${path} is cut short.`)
      done += bytesRead
    }
    return decodeRig(bytes)
  } finally {
    await file.close()
  }
}
