// What the conformance suite runs against: one server, two accounts, and something of each kind in the first.
import type { TestServer } from '../../src/faces/http/test-server.ts'
import { paperJpeg } from '../../src/services/test-kit.ts'
import type { Shape } from './shape.ts'

/** One request and the whole answer that is expected. */
export type Ask = {
  /** After the route's own path where it has parameters: the concrete path. @default the route's path */
  readonly path?: string
  /** Without the question mark. */
  readonly query?: string
  readonly body?: unknown
  /** A body that is a file, with its content type. */
  readonly file?: { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }
  /** @default 200 */
  readonly status?: number
  readonly is: Shape
}

/** Every way in which a route is asked. A string says why there is no such way. */
export type Case = {
  /** Another account's key: what it sees of the first account's things. */
  readonly other: Ask | string
  /** An id that names nothing. */
  readonly unknown: Ask | string
  /** Input that cannot be used. */
  readonly bad: Ask | string
  /** Comes last: it may take away what it names. */
  readonly ok: Ask
}

/** `METHOD /path/{id}` of routes, without the API's prefix, and their cases. */
export type Table = Readonly<Record<string, (world: World) => Promise<Case> | Case>>

/** Why there is no such way. */
export const ALL_SEE = 'everybody sees the same'
export const NO_INPUT = 'nothing is read'
export const NO_ID = 'nothing is named'
export const EACH_ITS_OWN = 'each account has its own'

/** The cases of a route that reads nothing and answers everybody the same. */
export const always = (shape: Shape) => (): Case => ({
  other: ALL_SEE,
  unknown: NO_ID,
  bad: NO_INPUT,
  ok: { is: shape },
})

/** What cases are made with. */
export type World = {
  readonly server: TestServer
  /** A fresh waiting video of the first account. */
  video(): Promise<string>
  /** One that is done. */
  doneVideo(): Promise<string>
  /** One that failed with this reason. */
  failedVideo(reason: string): Promise<string>
  /** An avatar of the first account that is ready, with a group of its own. */
  look(): Promise<{ readonly id: string; readonly number: number }>
  /** Four people who were generated, in JoggAI's photo id. */
  people(): Promise<{ readonly id: string; readonly urls: readonly string[]; readonly keys: readonly string[] }>
  /** A picture's address here. */
  picture(): Promise<string>
  /** An uploaded asset in HeyGen's words. */
  asset(): Promise<{ readonly id: string; readonly key: string }>
  endpoint(api: 'joggai-v2' | 'joggai-v1' | 'heygen'): Promise<string>
  folder(): Promise<string>
  /** A notice of an ended video, on its way to nobody. */
  delivery(): Promise<string>
}

/** The id of nothing. */
export const NOTHING = 'f'.repeat(32)
/** A body that every generation of JoggAI's takes, flat. */
export const FLAT = {
  script: 'Welcome to our shop.',
  avatar_id: 127,
  voice_id: 'en-US-ChristopherNeural',
  aspect_ratio: 0,
  screen_style: 1,
}

/** Opens the world over a server; things are made when they are asked for. */
export function openWorld(server: TestServer): World {
  const { services } = server
  let count = 0
  const video = async () => {
    const { answer } = await server.post('/v2/create_video_from_avatar', FLAT)
    return String(answer.data?.video_id)
  }
  const picture = async () => {
    const room = (await server.post('/v2/upload/asset', { filename: 'me.jpg', content_type: 'image/jpeg' })).answer.data
    await fetch(String(room?.sign_url), { method: 'PUT', body: paperJpeg(`picture ${++count}`) })
    return String(room?.asset_url)
  }
  return {
    server,
    video,
    picture,
    async doneVideo() {
      const id = await video()
      await server.complete(id, new Uint8Array([1, 2, 3]))
      return id
    },
    async failedVideo(reason) {
      const id = await video()
      await services.jobs.fail(id, reason)
      return id
    },
    async look() {
      const { id } = await services.ownAvatars.addPicture('owner', paperJpeg(`look ${++count}`), { name: 'Ada' })
      return services.ownAvatars.ready('owner', id)
    },
    async people() {
      const words = { age: 'Adult', avatar_style: 'Social', gender: 'Male', model: 'modern', aspect_ratio: 'square' }
      const { answer } = await server.post('/joggai/v2/photo_avatar/photo/generate', words)
      const id = String(answer.data?.photo_id)
      await services.generations.ended('owner', id)
      const { data } = (await server.get(`/v2/photo_avatar/photo?photo_id=${id}`)).answer
      return { id, urls: data?.image_url_list as string[], keys: data?.image_key_list as string[] }
    },
    async asset() {
      const headers = { 'content-type': 'image/jpeg' }
      const body = paperJpeg(`asset ${++count}`)
      const response = await server.ask('/v1/asset', { method: 'POST', body, headers })
      const { data } = (await response.json()) as { data: { id: string; image_key: string } }
      return { id: data.id, key: data.image_key }
    },
    async endpoint(api) {
      const url = 'https://example.com/hook'
      const made = await services.webhooks.addEndpoint({
        accountId: 'owner',
        api,
        url,
        events: [api === 'heygen' ? 'avatar_video.success' : 'generated_avatar_video_success'],
        enabled: true,
        secret: 'whsec_1',
      })
      return made.id
    },
    async delivery() {
      const { answer } = await server.post('/v2/create_video_from_avatar', {
        ...FLAT,
        webhook_url: 'https://nobody.invalid/',
      })
      const id = String(answer.data?.video_id)
      await server.complete(id, new Uint8Array([1]))
      for (;;) {
        const [delivery] = await services.webhooks.deliveries('owner', { subjectId: id })
        if (delivery) return delivery.id
        await new Promise((done) => setImmediate(done))
      }
    },
    async folder() {
      const { id } = await services.folders.create('owner', { name: 'Spring', projectType: 'mixed', parentId: null })
      return id
    },
  }
}
