// HeyGen's videos, assets, folders, webhooks and account, route by route.
import { paperJpeg } from '../../src/services/test-kit.ts'
import { ASSET, ENDPOINT, e1, e2, FOLDER, h1, h2, LINK, QUOTA } from './heygen-shapes.ts'
import { is } from './shape.ts'
import { ALL_SEE, always, EACH_ITS_OWN, NO_ID, NO_INPUT, NOTHING, type Table } from './world.ts'

const SCENE = { voice: { type: 'text', voice_id: 'flite-slt', input_text: 'Welcome to our shop.' } }
const FILE = {
  type: is.filled,
  kind: is.filled,
  captions: is.flag,
  width: is.orNull(is.int),
  height: is.orNull(is.int),
  url: LINK,
}
const STATUS = {
  id: is.hex,
  video_id: is.hex,
  status: 'completed',
  callback_id: null,
  created_at: is.int,
  duration: 4.2,
  video_url: LINK,
  video_url_caption: is.orNull(LINK),
  caption_url: is.orNull(LINK),
  thumbnail_url: LINK,
  gif_url: is.orNull(LINK),
  error: null,
  progress: 100,
  notes: is.list(is.filled),
  files: is.list(FILE),
}
const VIDEO = {
  id: is.hex,
  video_id: is.hex,
  status: /^(pending|processing|completed|failed)$/,
  title: is.filled,
  video_url: is.orNull(LINK),
  thumbnail_url: is.orNull(LINK),
  duration: is.orNull(is.number),
  created_at: /Z$/,
  completed_at: is.orNull(/Z$/),
  gif_url: is.orNull(LINK),
  captioned_video_url: is.orNull(LINK),
  subtitle_url: is.orNull(LINK),
  folder_id: is.orNull(is.filled),
  output_language: null,
  failure_code: is.orNull('generation_failed'),
  failure_message: is.orNull(is.filled),
}
const LISTED = {
  video_id: is.hex,
  status: is.filled,
  video_title: is.filled,
  created_at: is.int,
  type: 'GENERATED',
}
const NO_VIDEO_1 = { status: 404, is: e1(40104, /^Video not found: /) }
const NO_VIDEO_2 = { status: 404, is: e2('video_not_found', /^Video not found: /) }
const NOT_FOUND_2 = { status: 404, is: e2('not_found', /^There is no /) }
const NO_ENDPOINT = { status: 404, is: e1(400131, /^Webhook endpoint not found$/) }

export const HEYGEN: Table = {
  'POST /v2/video/generate': async (world) => {
    const { id } = await world.look()
    const of = (talking_photo_id: string) => ({
      video_inputs: [{ character: { type: 'talking_photo', talking_photo_id }, ...SCENE }],
    })
    return {
      other: { body: of(id), status: 404, is: e2('avatar_not_found', /^avatar look not found: /) },
      unknown: { body: of('nobody'), status: 404, is: e2('avatar_not_found', /"nobody"/) },
      bad: {
        body: { video_inputs: [] },
        status: 400,
        is: e2('invalid_parameter', /^video_inputs is invalid: got \[\]/),
      },
      ok: { body: of(id), is: h2({ video_id: is.hex }) },
    }
  },
  'POST /v2/video/av4/generate': async (world) => {
    const { key } = await world.asset()
    const body = { image_key: key, video_title: 'Alone', script: 'Hello.', voice_id: 'flite-slt' }
    const gone = { status: 404, is: e2('not_found', /^image_key: There is no asset/) }
    return {
      other: { body, ...gone },
      unknown: { body: { ...body, image_key: `image/${NOTHING}/original` }, ...gone },
      bad: {
        body: { ...body, script: '' },
        status: 400,
        is: e2('invalid_parameter', /^script is invalid: field required/),
      },
      ok: { body, is: h2({ video_id: is.hex }) },
    }
  },
  'GET /v1/video_status.get': async (world) => {
    const query = `video_id=${await world.doneVideo()}`
    return {
      other: { query, ...NO_VIDEO_1 },
      unknown: { query: `video_id=${NOTHING}`, ...NO_VIDEO_1 },
      bad: { status: 400, is: e1(400, /^Invalid parameters: video_id is required\.$/) },
      ok: { query, is: h1(STATUS) },
    }
  },
  'GET /v1/video.list': async (world) => {
    await world.video()
    return {
      other: { is: h1({ token: null, videos: [] }) },
      unknown: { query: 'folder_id=nowhere', is: h1({ token: null, videos: [] }) },
      bad: { query: 'token=x', status: 400, is: e1(40012, /^token is invalid/) },
      ok: { query: 'limit=1', is: h1({ token: is.orNull(is.filled), videos: [LISTED] }) },
    }
  },
  'DELETE /v1/video.delete': async (world) => {
    const query = `video_id=${await world.video()}`
    return {
      other: { query, ...NO_VIDEO_1 },
      unknown: { query: `video_id=${NOTHING}`, ...NO_VIDEO_1 },
      bad: { status: 400, is: e1(400, /^Invalid parameters: video_id is required\.$/) },
      ok: { query, is: h1(null) },
    }
  },
  'GET /v2/videos': async (world) => {
    await world.failedVideo('The disk is full.')
    return {
      other: { is: h2({ videos: [], token: null }) },
      unknown: { query: 'title=nobody+has+this', is: h2({ videos: [], token: null }) },
      bad: { query: 'limit=many', status: 400, is: e2('invalid_parameter', /limit: "many" cannot be used/) },
      ok: { is: h2({ videos: is.some(VIDEO), token: is.orNull(is.filled) }) },
    }
  },
  'GET /v2/videos/{id}': async (world) => {
    const path = `/v2/videos/${await world.failedVideo('The disk is full.')}`
    return {
      other: { path, ...NO_VIDEO_2 },
      unknown: { path: `/v2/videos/${NOTHING}`, ...NO_VIDEO_2 },
      bad: { path: '/v2/videos/x', ...NO_VIDEO_2 },
      ok: {
        path,
        is: h2({ ...VIDEO, status: 'failed', failure_code: 'generation_failed', failure_message: 'The disk is full.' }),
      },
    }
  },
  'DELETE /v2/videos/{id}': async (world) => {
    const path = `/v2/videos/${await world.video()}`
    return {
      other: { path, ...NO_VIDEO_2 },
      unknown: { path: `/v2/videos/${NOTHING}`, ...NO_VIDEO_2 },
      bad: { path: '/v2/videos/x', ...NO_VIDEO_2 },
      ok: { path, is: h2(null) },
    }
  },
  'POST /v1/video.webm': async (world) => {
    const body = { avatar_pose_id: 'nora', avatar_style: 'normal', input_text: 'Hello.', voice_id: 'flite-slt' }
    const notFound = { status: 404, is: e1(400144, /^avatar look not found: /) }
    return {
      other: { body: { ...body, avatar_pose_id: (await world.look()).id }, ...notFound },
      unknown: { body: { ...body, avatar_pose_id: 'nobody' }, ...notFound },
      bad: {
        body: { ...body, avatar_pose_id: '' },
        status: 400,
        is: e1(400175, /^avatar_pose_id is invalid: field required/),
      },
      ok: { body, is: h1({ video_id: is.hex }) },
    }
  },
  'POST /v1/video/share': async (world) => ({
    other: { body: { video_id: await world.doneVideo() }, ...NO_VIDEO_1 },
    unknown: { body: { video_id: NOTHING }, ...NO_VIDEO_1 },
    bad: { body: { video_id: await world.video() }, status: 400, is: e1(400, /not finished yet/) },
    ok: { body: { video_id: await world.doneVideo() }, is: h1(LINK) },
  }),
  'POST /v1/asset': () => ({
    other: EACH_ITS_OWN,
    unknown: NO_ID,
    bad: {
      file: { bytes: new Uint8Array(Buffer.from('text')), type: 'image/png' },
      status: 400,
      is: e1(400175, /no picture, video or sound/),
    },
    ok: { file: { bytes: paperJpeg('an asset'), type: 'image/jpeg' }, is: h1({ ...ASSET, file_type: 'image' }) },
  }),
  'GET /v1/asset/list': async (world) => {
    await world.asset()
    const none = h1({ assets: [], token: null, total: 0 })
    return {
      other: { is: none },
      unknown: { query: 'folder_id=nowhere', is: none },
      bad: { query: 'file_type=text', status: 400, is: e1(400175, /file_type: "text" cannot be used/) },
      ok: { is: h1({ assets: is.some(ASSET), token: null, total: is.int }) },
    }
  },
  'POST /v1/asset/{id}/delete': async (world) => {
    const path = `/v1/asset/${(await world.asset()).id}/delete`
    const gone = { status: 404, is: e1(404, /^There is no asset/) }
    return {
      other: { path, ...gone },
      unknown: { path: `/v1/asset/${NOTHING}/delete`, ...gone },
      bad: { path: '/v1/asset/x/delete', ...gone },
      ok: { path, is: h1(null) },
    }
  },
  'GET /v1/folders': async (world) => {
    await world.folder()
    const none = h2({ folders: [], token: null, total: 0 })
    return {
      other: { is: none },
      unknown: { query: 'parent_id=nowhere', is: none },
      bad: {
        query: 'is_trash=perhaps',
        status: 400,
        is: e2('invalid_parameter', /is_trash: "perhaps" cannot be used/),
      },
      ok: { is: h2({ folders: is.some(FOLDER), token: null, total: is.int }) },
    }
  },
  'POST /v1/folders/create': async (world) => ({
    other: { body: { name: 'x', parent_id: await world.folder() }, ...NOT_FOUND_2 },
    unknown: { body: { name: 'x', parent_id: NOTHING }, ...NOT_FOUND_2 },
    bad: { body: {}, status: 400, is: e2('invalid_parameter', /^name is invalid: field required/) },
    ok: {
      body: { name: 'Spring' },
      is: h2({ ...FOLDER, name: 'Spring', parent_id: null, project_type: 'mixed', is_trash: false }),
    },
  }),
  'POST /v1/folders/{id}': async (world) => {
    const path = `/v1/folders/${await world.folder()}`
    return {
      other: { path, body: { name: 'x' }, ...NOT_FOUND_2 },
      unknown: { path: `/v1/folders/${NOTHING}`, body: { name: 'x' }, ...NOT_FOUND_2 },
      bad: { path, body: { name: 5 }, status: 400, is: e2('invalid_parameter', /^name is invalid: got 5/) },
      ok: { path, body: { name: 'Summer' }, is: h2({ ...FOLDER, name: 'Summer' }) },
    }
  },
  ...Object.fromEntries(
    (['trash', 'restore'] as const).map((verb): [string, Table[string]] => [
      `POST /v1/folders/{id}/${verb}`,
      async (world) => {
        const path = `/v1/folders/${await world.folder()}/${verb}`
        return {
          other: { path, ...NOT_FOUND_2 },
          unknown: { path: `/v1/folders/${NOTHING}/${verb}`, ...NOT_FOUND_2 },
          bad: { path: `/v1/folders/x/${verb}`, ...NOT_FOUND_2 },
          ok: { path, is: h2({ ...FOLDER, is_trash: verb === 'trash' }) },
        }
      },
    ]),
  ),
  'GET /v1/webhook/webhook.list': always(h1(is.some(/^[a-z_]+(\.(success|fail))?$/))),
  'GET /v1/webhook/endpoint.list': async (world) => {
    await world.endpoint('heygen')
    return { other: { is: h1([]) }, unknown: NO_ID, bad: NO_INPUT, ok: { is: h1(is.some(ENDPOINT)) } }
  },
  'POST /v1/webhook/endpoint.add': () => ({
    other: EACH_ITS_OWN,
    unknown: {
      body: { url: 'https://example.com', events: ['x'] },
      status: 400,
      is: e1(400175, /^events\.0 is invalid: got "x"/),
    },
    bad: {
      body: { url: 'http://10.0.0.1/' },
      status: 400,
      is: e1(400542, /^Url of this webhook endpoint is invalid\./),
    },
    ok: {
      body: { url: 'https://example.com/hook', events: null },
      is: h1({ ...ENDPOINT, events: null, secret: /^whsec_[0-9a-f]{48}$/ }),
    },
  }),
  'PATCH /v1/webhook/endpoint.update': async (world) => {
    const body = { endpoint_id: await world.endpoint('heygen'), url: 'https://example.com/other' }
    return {
      other: { body, ...NO_ENDPOINT },
      unknown: { body: { ...body, endpoint_id: NOTHING }, ...NO_ENDPOINT },
      bad: { body: { url: body.url }, status: 400, is: e1(400175, /^endpoint_id is invalid: field required/) },
      ok: { body, is: h1({ ...ENDPOINT, url: body.url, events: ['avatar_video.success'] }) },
    }
  },
  'DELETE /v1/webhook/endpoint.delete': async (world) => {
    const query = `endpoint_id=${await world.endpoint('heygen')}`
    return {
      other: { query, ...NO_ENDPOINT },
      unknown: { query: `endpoint_id=${NOTHING}`, ...NO_ENDPOINT },
      bad: { status: 400, is: e1(400175, /^endpoint_id is invalid: field required/) },
      ok: { query, is: h1(null) },
    }
  },
  'GET /v1/user/me': () => ({
    other: {
      is: h1({
        username: 'stranger',
        email: 'stranger@localhost',
        first_name: 'stranger',
        last_name: '',
        remaining_quota: is.int,
      }),
    },
    unknown: NO_ID,
    bad: NO_INPUT,
    ok: {
      is: h1({
        username: 'Rostrum',
        email: 'owner@localhost',
        first_name: 'Rostrum',
        last_name: '',
        remaining_quota: is.int,
      }),
    },
  }),
  'GET /v2/user/remaining_quota': () => ({
    other: 'each key has its own',
    unknown: NO_ID,
    bad: NO_INPUT,
    ok: { is: h2(QUOTA) },
  }),
  ...Object.fromEntries(
    ['/v1/user/remaining_quota', '/v1/video_generate.quota'].map((path): [string, Table[string]] => [
      `GET ${path}`,
      () => ({ other: 'each key has its own', unknown: NO_ID, bad: NO_INPUT, ok: { is: h1(QUOTA) } }),
    ]),
  ),
  ...Object.fromEntries(
    ['v1', 'v2'].map((version): [string, Table[string]] => [
      `GET /${version}/brand_voice/list`,
      always(h2({ list: [], total: 0, token: null })),
    ]),
  ),
  'GET /v2/templates': always(h2({ templates: [] })),
  ...Object.fromEntries(
    ['template', 'templates'].flatMap((word): [string, Table[string]][] => {
      const none = { status: 404, is: e2('not_found', /^There is no template "x"\.$/) }
      const ask = (path: string, body?: object) => ({ path, ...(body ? { body } : {}), ...none })
      return [
        [
          `GET /v2/${word}/{id}`,
          () => ({ other: ALL_SEE, unknown: ask(`/v2/${word}/x`), bad: NO_INPUT, ok: ask(`/v2/${word}/x`) }),
        ],
        [
          `POST /v2/${word}/{id}/generate`,
          () => ({
            other: ALL_SEE,
            unknown: ask(`/v2/${word}/x/generate`, {}),
            bad: NO_INPUT,
            ok: ask(`/v2/${word}/x/generate`, { variables: {} }),
          }),
        ],
      ]
    }),
  ),
  'GET /v2/video_translate/target_languages': always(h2({ languages: [] })),
  ...Object.fromEntries(
    ['POST /v2/video_translate', 'GET /v2/video_translate/{id}'].map((route): [string, Table[string]] => [
      route,
      () => ({
        other: ALL_SEE,
        unknown: NO_ID,
        bad: NO_INPUT,
        ok: { body: {}, status: 501, is: e2('not_supported', /^The translation of videos is not supported here/) },
      }),
    ]),
  ),
}
