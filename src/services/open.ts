// The one place where everything that remembers, waits and retries is put together.
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config, ImageMakerConfig } from '../core/config.ts'
import { Fault } from '../core/errors.ts'
import { loadRecipes } from '../engines/faces/recipes.ts'
import { type ImageMaker, openImageMaker } from '../engines/pictures/image-maker.ts'
import { type Assets, openAssets } from './assets.ts'
import { openBackground } from './background.ts'
import { openStore } from './database.ts'
import { type Files, openFiles } from './files.ts'
import { type Folders, openFolders } from './folders.ts'
import { type Generate, openGenerate } from './generate.ts'
import { type Generations, openGenerations } from './generations.ts'
import { type Idempotency, openIdempotency } from './idempotency.ts'
import { type Jobs, openJobs } from './jobs.ts'
import { type Keys, openKeys } from './keys.ts'
import { type Library, openLibrary } from './library.ts'
import { jsonLog, type Log } from './log.ts'
import { openMadeAvatars } from './made-avatars.ts'
import { openMedia } from './media.ts'
import { type OwnAvatars, openOwnAvatars } from './own-avatars.ts'
import { openPhotos, type Photos } from './photos.ts'
import { openPreviews, type Previews } from './previews.ts'
import { openProducer, type Producer } from './produce.ts'
import { openQueue } from './queue.ts'
import { openRateLimit, type RateLimit } from './rate-limit.ts'
import { openRehearse, type Rehearse } from './rehearse.ts'
import { openRemoveVideo, type RemoveVideo } from './remove-video.ts'
import { openRenderPool, type RenderPool } from './render-pool.ts'
import { openRunner } from './runner.ts'
import { sweepWork } from './sweep-work.ts'
import { openVoices, type Voices } from './voices.ts'
import { openWarnOf, type WarnOf } from './warn-of.ts'
import { type NoticeWriters, openWebhooks, type Webhooks, type WebhookTimes } from './webhooks.ts'

/** What making videos needs, without store and queue: the command line's whole world. */
export type Workshop = {
  readonly config: Config
  readonly library: Library & Previews
  readonly photos: Photos
  readonly voices: Voices
  readonly produce: Producer['produceVideo']
  readonly generate: Generate
  /** Ends all render processes. */
  close(): Promise<void>
}

/** Everything the doors need. */
export type Services = Omit<Workshop, 'close'> & {
  readonly jobs: Jobs
  readonly keys: Keys
  readonly files: Files
  readonly removeVideo: RemoveVideo
  readonly rehearse: Rehearse
  readonly warnOf: WarnOf
  readonly assets: Assets
  readonly folders: Folders
  readonly ownAvatars: OwnAvatars
  readonly generations: Generations
  readonly webhooks: Webhooks
  readonly idempotency: Idempotency
  readonly rateLimit: RateLimit
  readonly storeKind: 'embedded' | 'postgres'
  /** How many queue entries this process is working on. */
  activeCount(): number
  /**
   * Takes no more work, lets what is under way end within the grace and puts the rest back, then closes everything.
   * @param options.graceMs milliseconds; closing itself takes about two seconds more. @default 6000
   */
  close(options?: { graceMs?: number }): Promise<void>
}

/** What may be put in place of the real thing. */
export type OpenOptions = {
  /** Milliseconds since 1970. */
  readonly now?: () => number
  readonly log?: Log
  /** False: takes requests and answers, but makes no videos. @default true */
  readonly work?: boolean
  /** The render processes. */
  readonly pool?: RenderPool
  /** How each API tells of ended videos; absent: this process tells nobody. */
  readonly notices?: NoticeWriters
  readonly webhookTimes?: WebhookTimes
  /** How often a step that failed is tried again. @default 3 */
  readonly retryLimit?: number
}

/** Opens what the command line needs to make videos by itself. */
export async function openWorkshop(config: Config, options: OpenOptions = {}): Promise<Workshop> {
  const { library, photos, voices, producer, pool, generate } = await openParts(config, options)
  const produce: Producer['produceVideo'] = (spec, options) => {
    pool.warm()
    return producer.produceVideo(spec, options)
  }
  return { config, library, photos, voices, produce, generate, close: () => pool.close() }
}

/**
 * Opens everything: store, queue, files, keys, library, voices, and the work itself.
 * @throws Fault `unavailable` where the store is in use or does not answer.
 */
export async function openServices(config: Config, options: OpenOptions = {}): Promise<Services> {
  const now = options.now ?? Date.now
  const log = options.log ?? jsonLog(now)
  const store = await openStore(config, now)
  const undo: (() => Promise<void>)[] = [() => store.close()]
  try {
    const { library, media, photos, voices, producer, pool, folders, generate } = await openParts(config, options)
    undo.unshift(() => pool.close())
    const files = await openFiles(store, join(config.dataFolder, 'files'), now)
    const keys = await openKeys(store, config, now)
    const queue = await openQueue(store, log, options.retryLimit)
    undo.unshift(() => queue.close(0))
    const jobs = openJobs(store, queue, now, log)
    if (options.work ?? true) {
      if (store.kind === 'embedded') await sweepWork(folders.work, jobs)
      const handlers = openRunner({
        jobs,
        producer,
        files,
        workFolder: folders.work,
        cacheFolder: folders.segments,
        lanes: pool.size,
        log,
        now,
      })
      // One more than are rendered at once lies ready; where others take from the same store, it is theirs.
      const ready = store.kind === 'embedded' ? 1 : 0
      await queue.work(handlers, { prepare: 2, segment: pool.size + ready, join: 2 })
      pool.warm()
    }
    const background = openBackground(log)
    const uploads = join(config.dataFolder, 'uploads')
    const making = { store, queue, files, background, folder: uploads, now }
    const ownAvatars = openOwnAvatars({ ...making, photos })
    const generations = openGenerations({ ...making, generate })
    const webhooks = openWebhooks({
      store,
      ownAvatars,
      generations,
      queue,
      jobs,
      files,
      config,
      log,
      now,
      ...(options.webhookTimes ? { times: options.webhookTimes } : {}),
    })
    if (options.notices) await webhooks.start(options.notices)
    if (options.work ?? true) {
      await ownAvatars.resume()
      await generations.resume()
    }
    let closing: Promise<void> | null = null
    const close = async (graceMs: number) => {
      await queue.close(graceMs)
      const left = background.close()
      await pool.close()
      await left
      await store.close()
    }
    return {
      config,
      library,
      photos,
      voices,
      produce: producer.produceVideo,
      generate,
      jobs,
      keys,
      files,
      removeVideo: openRemoveVideo(jobs, files),
      rehearse: openRehearse(store, pool, media),
      warnOf: openWarnOf(library, media),
      assets: openAssets(store, files, uploads, config.maxUploadBytes, now),
      folders: openFolders(store, now),
      ownAvatars,
      generations,
      webhooks,
      idempotency: openIdempotency(store, now),
      rateLimit: openRateLimit(config.rateLimit, now),
      storeKind: store.kind,
      activeCount: queue.activeCount,
      close({ graceMs = 6000 } = {}) {
        closing ??= close(graceMs)
        return closing
      },
    }
  } catch (error) {
    for (const step of undo) await step().catch(() => {})
    throw error
  }
}

async function openMaker({ workflowPath, ...settings }: ImageMakerConfig): Promise<ImageMaker> {
  if (workflowPath === null) return openImageMaker({ ...settings, workflow: null })
  const workflow = await readFile(workflowPath, 'utf8').catch((cause) => {
    throw new Fault('invalid', `The workflow ${workflowPath} of ROSTRUM_IMAGE_WORKFLOW cannot be read.`, { cause })
  })
  return openImageMaker({ ...settings, workflow })
}

async function openParts(config: Config, options: OpenOptions) {
  const data = resolve(config.dataFolder)
  const folders = {
    work: join(data, 'work'),
    cache: join(data, 'cache'),
    segments: join(data, 'cache', 'segments'),
    made: join(data, 'avatars'),
    photos: join(data, 'photos'),
  }
  await mkdir(folders.segments, { recursive: true })
  const log = options.log ?? jsonLog(options.now ?? Date.now)
  const recipes = await loadRecipes()
  const pool = options.pool ?? openRenderPool(config.workers, log, { codeFolder: join(folders.cache, 'code') })
  const made = openMadeAvatars(folders.made)
  const photos = openPhotos(pool, folders.photos, join(folders.cache, 'rigs'))
  const library = openLibrary(recipes, pool, folders.cache, made, photos)
  const maker = config.imageMaker === null ? null : await openMaker(config.imageMaker)
  const media = openMedia(join(folders.cache, 'media'), join(data, 'files'), config.allowPrivateUrls)
  const producer = openProducer(library, media, pool, folders.work, folders.segments)
  const previews = openPreviews(library, producer, folders.cache)
  return {
    pool,
    media,
    producer,
    library: { ...library, ...previews },
    photos,
    voices: openVoices(pool, folders.cache),
    generate: openGenerate({ library, made, photos, pool, maker }),
    folders,
  }
}
