// The avatars made from pictures: the pictures by content and what is known of each, in one folder that processes share.
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../core/errors.ts'
import type { PhotoAvatar } from '../core/library.ts'
import { HEAD_BYTES, mediaTypeOf } from './media-type.ts'
import { findPhoto, photoPlace } from './photo-cache.ts'
import type { RenderPool, RunOptions } from './render-pool.ts'
import { shareRuns } from './share-runs.ts'
import type { PreparedPhoto, PreparedRig } from './tasks.ts'
import { makeWhole, useIfThere } from './whole-file.ts'

/** How a picture becomes an avatar. */
export type AddOptions = RunOptions & { readonly name?: string; readonly person?: PreparedPhoto['person'] }

/** The photo avatars. */
export type Photos = {
  /**
   * Makes an avatar of a picture file, or of a film's best frame; the same bytes give the same avatar at once. Progress: 0 to 1.
   * With `person` the picture is known to be good, and its rig waits until it is first needed.
   * @throws Fault `invalid` with the reason where the picture cannot become an avatar.
   */
  add(bytes: Uint8Array, options?: AddOptions): Promise<PhotoAvatar>
  /** What an avatar is made of: a picture as it is, of a film the frame that shows its person best, as PNG. @throws Fault `no-face` */
  pictureOf(bytes: Uint8Array, options?: RunOptions): Promise<Uint8Array>
  /** By id or number, or null where there is none. */
  find(id: string | number): PhotoAvatar | null
  /** The avatar's rig on disk; made anew where the cache was cleared or Rostrum has learned better. */
  rigFor(avatar: PhotoAvatar, options?: RunOptions): Promise<PreparedRig>
  /** Forgets an avatar with its picture and its rig; one that is not there is no matter. */
  remove(id: string): Promise<void>
}

/** Ids of photo avatars, and their numbers alone; the numbers of generated avatars are shorter. */
const ID = /^(?:photo-)?(\d{12})$/
const DEFAULT_NAME = 'Photo'
const VOICES = { female: 'flite-slt', male: 'flite-rms' } as const
/** The first year of the next group. */
const ADULT_FROM = 35
const SENIOR_FROM = 55

/** @param folder where pictures and records lie. @param rigFolder where rigs are cached. */
export function openPhotos(pool: RenderPool, folder: string, rigFolder: string): Photos {
  const share = shareRuns()
  const picturePath = (hash: string) => join(folder, `${hash}.picture`)
  const recordPath = (number: string | number) => join(folder, `photo-${number}.json`)
  const prepare = async (pictureHash: string, options: RunOptions): Promise<PreparedPhoto> =>
    (await findPhoto(pictureHash, rigFolder)) ??
    share(`photo ${pictureHash}`, options, (run) =>
      pool.run('photo', { picturePath: picturePath(pictureHash), pictureHash, folder: rigFolder }, run),
    )
  /** The frame of a film that shows its person best, a PNG. */
  const portraitOf = async (film: Uint8Array, { signal }: RunOptions): Promise<Uint8Array> => {
    await mkdir(folder, { recursive: true })
    const filmPath = join(folder, `${randomBytes(8).toString('hex')}.film`)
    const picturePath = `${filmPath}.png`
    try {
      await writeFile(filmPath, film)
      await pool.run('portrait', { filmPath, picturePath }, signal ? { signal } : {})
      return await readFile(picturePath)
    } finally {
      await rm(filmPath, { force: true })
      await rm(picturePath, { force: true })
    }
  }
  const pictureOf: Photos['pictureOf'] = async (bytes, options = {}) =>
    isFilm(bytes) ? portraitOf(bytes, options) : bytes
  const find: Photos['find'] = (id) => {
    const number = ID.exec(String(id))?.[1]
    return number === undefined ? null : readRecord(recordPath(number))
  }
  return {
    find,
    pictureOf,
    async add(given, { name = DEFAULT_NAME, person: sure, ...options } = {}) {
      const bytes = await pictureOf(given, options)
      const pictureHash = createHash('sha256').update(bytes).digest('hex')
      const number = numberOf(pictureHash)
      const known = find(number)
      if (known && known.pictureHash !== pictureHash) {
        throw new Fault(
          'conflict',
          'Another picture has the same number by chance. Save this one again, slightly changed.',
        )
      }
      if (known && (await findPhoto(pictureHash, rigFolder))) return { ...known, name }
      await mkdir(folder, { recursive: true })
      if (!(await useIfThere(picturePath(pictureHash)))) {
        await makeWhole(picturePath(pictureHash), (draft) => writeFile(draft, bytes))
      }
      const made = sure
        ? { person: sure }
        : await prepare(pictureHash, options).catch(async (error) => {
            if (!known) await rm(picturePath(pictureHash), { force: true })
            throw error
          })
      const { gender, ageYears } = made.person
      const age = ageYears < ADULT_FROM ? 'young_adult' : ageYears < SENIOR_FROM ? 'adult' : 'senior'
      const id = `photo-${number}`
      const avatar: PhotoAvatar = {
        id,
        number,
        name,
        gender,
        age,
        ageYears,
        tags: ['photo'],
        voiceId: VOICES[gender],
        pictureHash,
      }
      if (!known) await makeWhole(recordPath(number), (draft) => writeFile(draft, JSON.stringify(avatar)))
      return avatar
    },
    async rigFor({ pictureHash }, options = {}) {
      return (await prepare(pictureHash, options)).rig
    },
    async remove(id) {
      const avatar = find(id)
      if (!avatar) return
      const { path, factsPath } = photoPlace(avatar.pictureHash, rigFolder)
      const left = [recordPath(avatar.number), picturePath(avatar.pictureHash), factsPath, path]
      for (const each of left) await rm(each, { force: true })
    },
  }
}

function isFilm(bytes: Uint8Array): boolean {
  return mediaTypeOf(bytes.subarray(0, HEAD_BYTES))?.kind === 'video'
}

/** Twelve digits, the first of them not 0. */
function numberOf(pictureHash: string): number {
  return (Number.parseInt(pictureHash.slice(0, 13), 16) % 9e11) + 1e11
}

function readRecord(path: string): PhotoAvatar | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as PhotoAvatar
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Fault('internal', `The photo avatar ${path} cannot be read.`, { cause })
  }
}
