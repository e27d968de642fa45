// People made from words, by us or by an image maker elsewhere, or taken from a photo: kept as avatars and painted.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault, NotFound } from '../core/errors.ts'
import type { Speaker } from '../core/library.ts'
import type { PresenterRecipe } from '../core/recipe.ts'
import { makeLooks } from '../domain/generate/make-looks.ts'
import { makeBackdrops, makePeople } from '../domain/generate/make-people.ts'
import { describePerson, NEGATIVE_PROMPT } from '../domain/generate/prompt.ts'
import type { PersonRequest } from '../domain/generate/wishes.ts'
import type { ImageMaker } from '../engines/pictures/image-maker.ts'
import type { Library } from './library.ts'
import type { MadeAvatars } from './made-avatars.ts'
import type { Photos } from './photos.ts'
import type { RenderPool } from './render-pool.ts'

/** One of the people that came of a request: an avatar like any other, and a JPEG of it in the request's aspect ratio. */
export type GeneratedPerson = { readonly avatar: Speaker; readonly coverPath: string }

/** What came of a request. */
export type Generated = {
  readonly people: readonly GeneratedPerson[]
  /** Sentences about words that were not understood, cannot be made, or lost against the request's fields. */
  readonly notes: readonly string[]
}

/** How people are made. */
export type GenerateOptions = {
  /** How many, 1 to 8. @default 4 */
  readonly count?: number
  /** A picture file: its person is who is wanted, and the words dress the background. */
  readonly photo?: Uint8Array
  /** True: the photo's person as the photo is, once; the words are not used. */
  readonly isKept?: boolean
  /** The id of somebody who was generated: other looks of them, dressed by the words of appearance. */
  readonly likeId?: string
  readonly signal?: AbortSignal
  /** Hears how much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void
}

/**
 * Makes people.
 * @throws Fault `invalid` with a reason for a photo that cannot become an avatar, `unavailable` where an image maker fails,
 * NotFound for a `likeId` that nobody was generated with.
 */
export type Generate = (request: PersonRequest, options?: GenerateOptions) => Promise<Generated>

/** What the generator works with. */
export type GenerateParts = {
  readonly library: Library
  readonly made: MadeAvatars
  readonly photos: Photos
  readonly pool: RenderPool
  /** Makes the pictures in our place; null: we cast and paint people ourselves. */
  readonly maker: ImageMaker | null
}

/** Pictures of makers elsewhere: sides in pixels that their models were made for. */
const SIDES = { portrait: [768, 1344], landscape: [1344, 768], square: [1024, 1024] } as const
/** How many pictures a maker may make for one person before we give up: some have no face that can speak. */
const TRIES = 3
/** The share of the time after which an avatar is ready to be painted. */
const READY = 0.95

/** Opens the generator: whom it makes is found by the library from then on. */
export function openGenerate({ library, made, photos, pool, maker }: GenerateParts): Generate {
  type Progress = (share: number) => void
  type Run = { readonly signal?: AbortSignal; readonly onProgress: Progress }

  const paint = async (
    { id }: Speaker,
    request: PersonRequest,
    { signal, onProgress }: Run,
  ): Promise<GeneratedPerson> => {
    const options = { ...(signal ? { signal } : {}), onProgress: (share: number) => onProgress(share * READY) }
    await library.rigFor(id, options)
    const coverPath = await library.cover(id, request.aspectRatio)
    onProgress(1)
    return { avatar: library.find(id), coverPath }
  }

  const cast = async (
    request: PersonRequest,
    count: number,
    like: PresenterRecipe | null,
  ): Promise<{ people: readonly Speaker[]; notes: readonly string[] }> => {
    const { aspectRatio, appearance: prompt = '', seed = 1 } = request
    const { people, notes } = like ? makeLooks(like, { prompt, aspectRatio, seed }, count) : makePeople(request, count)
    for (const recipe of people) await made.keep(recipe)
    return { people, notes }
  }

  const redress = async (photo: Uint8Array, request: PersonRequest, count: number, run: Run) => {
    const { backdrops, notes } = makeBackdrops(request, count)
    const folder = await mkdtemp(join(tmpdir(), 'rostrum-redress-'))
    try {
      const picturePath = join(folder, 'picture')
      await writeFile(picturePath, photo)
      const { paths, person } = await pool.run('redress', { picturePath, backdrops, folder }, run)
      const people: Speaker[] = []
      for (const path of paths) people.push(await photos.add(await readFile(path), { person }))
      return { people, notes }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** One person from elsewhere; a picture without a usable face is asked for again with another seed. */
  const order = async (from: ImageMaker, request: PersonRequest, index: number, run: Run): Promise<Speaker> => {
    const [width, height] = SIDES[request.aspectRatio]
    for (let attempt = 0; ; attempt++) {
      const seed = (request.seed ?? 1) * 1000 + index * 10 + attempt
      const picture = { prompt: describePerson(request), negative: NEGATIVE_PROMPT, width, height, seed }
      const bytes = await from.make(picture, run.signal)
      try {
        return await photos.add(bytes, run)
      } catch (error) {
        if (!(error instanceof Fault && error.kind === 'invalid')) throw error
        if (attempt + 1 < TRIES) continue
        const why = `The image maker made ${TRIES} pictures that cannot become an avatar. The last: ${error.message}`
        throw new Fault('unavailable', why, { cause: error })
      }
    }
  }

  return async (request, { count: asked = 4, photo, isKept = false, likeId, signal, onProgress } = {}) => {
    const count = photo && isKept ? 1 : asked
    const shares = Array.from({ length: count }, () => 0)
    const runFor = (index: number, from: number, to: number): Run => ({
      ...(signal ? { signal } : {}),
      onProgress: (share) => {
        shares[index] = from + share * (to - from)
        onProgress?.(shares.reduce((sum, one) => sum + one, 0) / count)
      },
    })
    if (photo && isKept) {
      const run = runFor(0, 0, 1)
      return { people: [await paint(await photos.add(photo, run), request, run)], notes: [] }
    }
    if (photo) {
      const all = (share: number) => onProgress?.(share * 0.4)
      const { people, notes } = await redress(photo, request, count, { ...(signal ? { signal } : {}), onProgress: all })
      const painted = people.map((avatar, index) => paint(avatar, request, runFor(index, 0.4, 1)))
      return { people: await Promise.all(painted), notes }
    }
    const like = likeId === undefined ? null : made.find(likeId)
    if (likeId !== undefined && !like) throw new NotFound('generated person', likeId)
    if (maker && !like) {
      const people: GeneratedPerson[] = []
      for (let index = 0; index < count; index++) {
        const avatar = await order(maker, request, index, runFor(index, 0, 0.9))
        people.push(await paint(avatar, request, runFor(index, 0.9, 1)))
      }
      return { people, notes: [] }
    }
    const { people, notes } = await cast(request, count, like)
    return { people: await Promise.all(people.map((avatar, i) => paint(avatar, request, runFor(i, 0, 1)))), notes }
  }
}
