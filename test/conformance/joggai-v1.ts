// JoggAI's first generation, route by route.

import {
  AVATAR,
  ENDPOINT,
  EVENTS,
  fault,
  jogg,
  LINK,
  MOTION,
  missing,
  NOT_THERE,
  OWN_AVATAR,
  PEOPLE,
  PHOTO,
  VOICE,
  WHOAMI,
} from './jogg-shapes.ts'
import { is, type Shape } from './shape.ts'
import { ALL_SEE, always, EACH_ITS_OWN, FLAT, NO_ID, NO_INPUT, NOTHING, type Table } from './world.ts'

const PROJECT = {
  id: is.hex,
  title: is.filled,
  video_url: LINK,
  cover_url: LINK,
  video_duration: 4,
  status: 4,
  status_code: 4,
  status_desc: 'success',
  created_at: is.int,
  progress: 100,
  notes: is.list(is.filled),
}
/** The endpoint's fields stand at the top, and in data. */
const twice = (endpoint: { readonly [key: string]: Shape }) => ({
  ...endpoint,
  rid: is.hex,
  code: 0,
  msg: 'success',
  data: endpoint,
})

export const JOGGAI_V1: Table = {
  'POST /v1/create_video_from_talking_avatar': async (world) => {
    const own = { ...FLAT, avatar_id: (await world.look()).number, avatar_type: 1 }
    return {
      other: { body: own, is: NOT_THERE },
      unknown: { body: { ...FLAT, voice_id: '!' }, is: NOT_THERE },
      bad: { body: { ...FLAT, script: '' }, is: fault(40000, /^Parameter error: script is required/) },
      ok: { body: own, is: jogg({ project_id: is.hex, notes: is.list(is.filled) }) },
    }
  },
  'GET /v1/project': async (world) => {
    const query = `project_id=${await world.doneVideo()}`
    return {
      other: { query, is: NOT_THERE },
      unknown: { query: `project_id=${NOTHING}`, is: NOT_THERE },
      bad: { is: fault(40000, /project_id is required/) },
      ok: { query, is: jogg(PROJECT) },
    }
  },
  'GET /v1/project/{id}': async (world) => {
    const path = `/v1/project/${await world.failedVideo('The disk is full.')}`
    return {
      other: { path, is: NOT_THERE },
      unknown: { path: `/v1/project/${NOTHING}`, is: NOT_THERE },
      bad: { path: '/v1/project/x', is: NOT_THERE },
      ok: {
        path,
        is: jogg({
          ...PROJECT,
          video_url: '',
          cover_url: '',
          video_duration: 0,
          status: 5,
          status_code: 5,
          status_desc: 'failed',
          progress: 0,
          error: { code: 50000, message: 'The disk is full.' },
          error_message: 'The disk is full.',
          err_msg: 'The disk is full.',
        }),
      },
    }
  },
  'GET /v1/avatars': () => ({
    other: ALL_SEE,
    unknown: NO_ID,
    bad: { query: 'style=casual', is: fault(40000, /style: "casual" cannot be used/) },
    ok: {
      query: 'aspect_ratio=0&gender=male&age=adult&style=professional',
      is: jogg({ avatars: is.some({ ...AVATAR, status: 0 }) }),
    },
  }),
  ...Object.fromEntries(
    ['custom', 'photo_avatars'].map((name): [string, Table[string]] => [
      `GET /v1/avatars/${name}`,
      async (world) => {
        await world.look()
        return {
          other: { is: jogg({ avatars: [] }) },
          unknown: NO_ID,
          bad: NO_INPUT,
          ok: { is: jogg({ avatars: is.some(OWN_AVATAR) }) },
        }
      },
    ]),
  ),
  'GET /v1/voices': () => ({
    other: ALL_SEE,
    unknown: { query: 'language=klingon', is: jogg({ total: 0, voices: [], has_more: false }) },
    bad: { query: 'gender=robot', is: fault(40000, /gender: "robot" cannot be used/) },
    ok: {
      query: 'gender=female&language=english',
      is: jogg({ total: is.int, voices: is.some({ ...VOICE, audition_url: is.url }), has_more: is.flag }),
    },
  }),
  'GET /v1/voices/custom': always(jogg({ total: 0, voices: [] })),
  ...Object.fromEntries(
    ['/v1/musics', '/v1/musics/custom'].map((path): [string, Table[string]] => [
      `GET ${path}`,
      always(jogg({ music: [], avatars: [] })),
    ]),
  ),
  'GET /v1/visual_styles': always(jogg({ visual_styles: [] })),
  'POST /v1/upload/asset': () => ({
    other: EACH_ITS_OWN,
    unknown: NO_ID,
    bad: { body: {}, is: fault(40000, /filename is required/) },
    ok: { body: { filename: 'talk.mp3' }, is: jogg({ sign_url: is.url, asset_id: LINK, asset_url: LINK }) },
  }),
  ...Object.fromEntries(
    ['photo/generate', 'new_look/generate'].map((name): [string, Table[string]] => [
      `POST /v1/photo_avatar/${name}`,
      () => ({
        other: EACH_ITS_OWN,
        unknown: NO_ID,
        bad: { body: { ...PEOPLE, gender: 'x' }, is: fault(40000, /gender: "x" cannot be used/) },
        ok: { body: { ...PEOPLE, aspect_ratio: 1 }, is: jogg({ photo_id: is.hex }) },
      }),
    ]),
  ),
  'GET /v1/photo_avatar/generation': async (world) => {
    const query = `photo_id=${(await world.people()).id}`
    return {
      other: { query, is: NOT_THERE },
      unknown: { query: `photo_id=${NOTHING}`, is: NOT_THERE },
      bad: { is: fault(40000, /photo_id is required/) },
      ok: { query, is: jogg(PHOTO) },
    }
  },
  'POST /v1/photo_avatar/add_motion': async (world) => {
    const { urls, keys } = await world.people()
    const body = { image_url: urls[0], name: 'Tom', voice_id: 'flite-rms', model: '1.0' }
    return {
      other: { body: { ...body, image_url: keys[0] }, is: NOT_THERE },
      unknown: { body: { ...body, voice_id: '!' }, is: NOT_THERE },
      bad: { body: { ...body, name: '' }, is: fault(40000, /name is required/) },
      ok: { body, is: jogg({ avatar_id: is.int, motion_id: is.hex, name: 'Tom' }) },
    }
  },
  'GET /v1/photo_avatar': async (world) => {
    const query = `motion_id=${(await world.look()).id}`
    return {
      other: { query, is: NOT_THERE },
      unknown: { query: `motion_id=${NOTHING}`, is: NOT_THERE },
      bad: { is: fault(40000, /motion_id is required/) },
      ok: { query, is: jogg(MOTION) },
    }
  },
  'POST /v1/avatar/create': async (world) => ({
    other: EACH_ITS_OWN,
    unknown: {
      body: { origin_url: 'http://nobody.invalid/a.jpg', name: 'x' },
      is: fault(40000, /origin_url: .* cannot be fetched/),
    },
    bad: { body: { name: 'Ada' }, is: fault(40000, /origin_url is required/) },
    ok: { body: { origin_url: await world.picture(), name: 'Ada' }, is: jogg({ avatar_id: is.int, id: is.int }) },
  }),
  'DELETE /v1/avatar/custom/delete': async (world) => {
    const query = `avatar_id=${(await world.look()).number}`
    return {
      other: { query, is: NOT_THERE },
      unknown: { query: 'avatar_id=999999', is: NOT_THERE },
      bad: { is: fault(40000, /avatar_id is required/) },
      ok: { query, is: jogg(null) },
    }
  },
  ...Object.fromEntries(
    ['/v1', '/v1/webhook'].flatMap((prefix): [string, Table[string]][] => {
      const plain = prefix === '/v1/webhook'
      const url = 'https://example.com/hook'
      return [
        [`GET ${prefix}/events`, always(jogg(plain ? EVENTS : { events: EVENTS }))],
        [
          `GET ${prefix}/endpoints`,
          async (world) => {
            await world.endpoint('joggai-v1')
            const lists = (of: Parameters<typeof is.some>[0]) => jogg(plain ? is.some(of) : { endpoints: is.some(of) })
            return {
              other: { is: jogg(plain ? [] : { endpoints: [] }) },
              unknown: NO_ID,
              bad: NO_INPUT,
              ok: { is: lists(ENDPOINT) },
            }
          },
        ],
        [
          `POST ${prefix}/endpoint`,
          () => ({
            other: EACH_ITS_OWN,
            unknown: { body: { url, events: ['x'] }, is: fault(40000, /events\.0: "x" cannot be used/) },
            bad: { body: { url }, is: fault(40000, /events is required/) },
            ok: {
              body: { url, events: ['generated_video_success'] },
              is: twice({ ...ENDPOINT, secret: /^[0-9a-f]{16}$/ }),
            },
          }),
        ],
        [
          `PUT ${prefix}/endpoint/{id}`,
          async (world) => {
            const path = `${prefix}/endpoint/${await world.endpoint('joggai-v1')}`
            return {
              other: { path, body: { url }, is: NOT_THERE },
              unknown: { path: `${prefix}/endpoint/${NOTHING}`, body: { url }, is: NOT_THERE },
              bad: { path, body: { url: 'x' }, is: fault(40000, /url: "x" cannot be used/) },
              ok: { path, body: { url }, is: twice(ENDPOINT) },
            }
          },
        ],
        [
          `DELETE ${prefix}/endpoint/{id}`,
          async (world) => {
            const path = `${prefix}/endpoint/${await world.endpoint('joggai-v1')}`
            return {
              other: { path, is: NOT_THERE },
              unknown: { path: `${prefix}/endpoint/${NOTHING}`, is: NOT_THERE },
              bad: { path: `${prefix}/endpoint/x`, is: NOT_THERE },
              ok: { path, is: jogg({ message: 'webhook deleted' }) },
            }
          },
        ],
      ]
    }),
  ),
  'GET /v1/whoami': WHOAMI,
  ...missing([
    'GET /v1/products',
    'POST /v1/product',
    'PUT /v1/product',
    'POST /v1/create_video_from_url',
    'POST /v1/preview',
    'GET /v1/templates',
    'GET /v1/templates/custom',
    'POST /v1/create_video_with_template',
    'POST /v1/create_video_with_variable',
    'POST /v1/ai_scripts',
  ]),
}
