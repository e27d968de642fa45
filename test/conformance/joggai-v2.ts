// JoggAI's second generation, route by route.

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
import { is } from './shape.ts'
import { ALL_SEE, always, EACH_ITS_OWN, FLAT, NO_ID, NO_INPUT, NOTHING, type Table } from './world.ts'

const MADE = { video_id: is.hex, status: 'pending', voice_id: is.filled, notes: is.list(is.filled) }
const LIP_SYNC = { video_url: 'https://example.com/a.mp4', audio_url: 'https://example.com/a.mp3' }
const TASK = {
  task_id: is.hex,
  status: 'pending',
  created_at: is.int,
  completed_at: null,
  progress: 0,
  data: null,
  error: null,
}
const EMPTY = jogg({ avatars: [], total: 0, has_more: false })

export const JOGGAI_V2: Table = {
  'POST /v2/create_video_from_avatar': async (world) => {
    const { number } = await world.look()
    const own = { ...FLAT, avatar_id: number, avatar_type: 1 }
    return {
      other: { body: own, is: NOT_THERE },
      unknown: { body: { ...FLAT, avatar_id: 999_999 }, is: NOT_THERE },
      bad: {
        body: { ...FLAT, aspect_ratio: 'round' },
        is: fault(40000, /^Parameter error: aspect_ratio: "round" cannot/),
      },
      ok: { body: own, is: jogg(MADE) },
    }
  },
  'GET /v2/avatar_video/{id}': async (world) => {
    const path = `/v2/avatar_video/${await world.doneVideo()}`
    return {
      other: { path, is: NOT_THERE },
      unknown: { path: `/v2/avatar_video/${NOTHING}`, is: NOT_THERE },
      bad: { path: '/v2/avatar_video/nothing', is: NOT_THERE },
      ok: {
        path,
        is: jogg({
          video_id: is.hex,
          status: 'completed',
          created_at: is.int,
          video_name: is.filled,
          progress: 100,
          voice_id: is.filled,
          notes: is.list(is.filled),
          video_url: LINK,
          cover_url: LINK,
          duration: 4.2,
        }),
      },
    }
  },
  'POST /v2/create_lip_sync_video': () => ({
    other: EACH_ITS_OWN,
    unknown: NO_ID,
    bad: { body: { ...LIP_SYNC, playback_type: 'twice' }, is: fault(40000, /playback_type: "twice" cannot be used/) },
    ok: { body: LIP_SYNC, is: jogg({ task_id: is.hex, status: 'pending' }) },
  }),
  'GET /v2/lip_sync_video/{id}': async (world) => {
    const { answer } = await world.server.post('/v2/create_lip_sync_video', LIP_SYNC)
    const path = `/v2/lip_sync_video/${answer.data?.task_id}`
    return {
      other: { path, is: NOT_THERE },
      unknown: { path: `/v2/lip_sync_video/${NOTHING}`, is: NOT_THERE },
      bad: { path: '/v2/lip_sync_video/x', is: NOT_THERE },
      ok: { path, is: jogg(TASK) },
    }
  },
  'GET /v2/lip_sync_video': async (world) => {
    const mine = { ...LIP_SYNC, video_url: 'https://example.com/mine.mp4' }
    await world.server.post('/v2/create_lip_sync_video', mine)
    const query = String(new URLSearchParams(mine))
    return {
      other: { query, is: NOT_THERE },
      unknown: { query: query.replace('mine', 'yours'), is: NOT_THERE },
      bad: { is: fault(40000, /video_url is required.*audio_url is required/) },
      ok: { query, is: jogg(TASK) },
    }
  },
  'GET /v2/avatars/public': () => ({
    other: ALL_SEE,
    unknown: NO_ID,
    bad: { query: 'gender=robot', is: fault(40000, /gender: "robot" cannot be used\. Send female or male/) },
    ok: { query: 'page_size=2', is: jogg({ avatars: [AVATAR, AVATAR], total: is.int, has_more: true }) },
  }),
  ...Object.fromEntries(
    ['custom', 'photo_avatars'].map((name): [string, Table[string]] => [
      `GET /v2/avatars/${name}`,
      async (world) => {
        await world.look()
        return {
          other: { is: EMPTY },
          unknown: { query: 'name=nobody', is: EMPTY },
          bad: { query: 'status=lost', is: fault(40000, /status: "lost" cannot be used/) },
          ok: { is: jogg({ avatars: is.some(OWN_AVATAR), total: is.int, has_more: is.flag }) },
        }
      },
    ]),
  ),
  'GET /v2/avatars/product_avatars': always(jogg({ product_avatars: [], total: 0, has_more: false })),
  'GET /v2/voices': () => ({
    other: ALL_SEE,
    unknown: { query: 'language=klingon', is: jogg({ voices: [], has_more: false, total: 0 }) },
    bad: { query: 'age=unborn', is: fault(40000, /age: "unborn" cannot be used/) },
    ok: { query: 'page_size=1', is: jogg({ voices: [VOICE], has_more: true, total: is.int }) },
  }),
  'GET /v2/voices/custom': always(jogg({ total: 0, voices: [] })),
  'GET /v2/musics': () => ({
    other: ALL_SEE,
    unknown: NO_ID,
    bad: { query: 'page=first', is: fault(40000, /page: "first" cannot be used/) },
    ok: {
      query: 'page=2&page_size=5',
      is: jogg({ music: [], pagination: { page: 2, page_size: 5, total_items: 0, total_pages: 0 } }),
    },
  }),
  'GET /v2/visual_styles': always(jogg({ visual_styles: [] })),
  'POST /v2/upload/asset': () => ({
    other: EACH_ITS_OWN,
    unknown: NO_ID,
    bad: { body: { filename: 'x.exe' }, is: fault(40000, /filename: "x.exe" cannot be used/) },
    ok: {
      body: { filename: 'me.jpg', content_type: 'image/jpeg', file_size: 10 },
      is: jogg({ sign_url: is.url, asset_url: LINK, asset_id: is.int }),
    },
  }),
  'POST /v2/photo_avatar/photo/generate': () => ({
    other: EACH_ITS_OWN,
    unknown: NO_ID,
    bad: { body: { ...PEOPLE, age: 'Baby' }, is: fault(40000, /age: "Baby" cannot be used\. Send Teenager/) },
    ok: { body: PEOPLE, is: jogg({ photo_id: is.hex }) },
  }),
  'GET /v2/photo_avatar/photo': async (world) => {
    const query = `photo_id=${(await world.people()).id}`
    return {
      other: { query, is: NOT_THERE },
      unknown: { query: `photo_id=${NOTHING}`, is: NOT_THERE },
      bad: { is: fault(40000, /photo_id is required/) },
      ok: { query, is: jogg(PHOTO) },
    }
  },
  'POST /v2/photo_avatar/add_motion': async (world) => {
    const { urls, keys } = await world.people()
    const body = { image_url: urls[0], name: 'Tom', voice_id: 'flite-rms', model: '2.0' }
    return {
      other: { body: { ...body, image_url: keys[0] }, is: NOT_THERE },
      unknown: { body: { ...body, image_url: `generations/${NOTHING}-0.jpg` }, is: NOT_THERE },
      bad: { body: { name: 'Tom' }, is: fault(40000, /image_url is required/) },
      ok: { body, is: jogg({ avatar_id: is.int, motion_id: is.hex, status: 'completed' }) },
    }
  },
  'GET /v2/photo_avatar': async (world) => {
    const query = `motion_id=${(await world.look()).id}`
    return {
      other: { query, is: NOT_THERE },
      unknown: { query: `motion_id=${NOTHING}`, is: NOT_THERE },
      bad: { is: fault(40000, /motion_id is required/) },
      ok: { query, is: jogg(MOTION) },
    }
  },
  'GET /v2/user/whoami': WHOAMI,
  'GET /v2/user/remaining_quota': () => ({
    other: 'each key has its own',
    unknown: NO_ID,
    bad: NO_INPUT,
    ok: { is: jogg({ remaining_quota: is.number }) },
  }),
  'GET /v2/events': always(jogg({ events: EVENTS })),
  'GET /v2/endpoints': async (world) => {
    await world.endpoint('joggai-v2')
    return {
      other: { is: jogg({ endpoints: [] }) },
      unknown: NO_ID,
      bad: NO_INPUT,
      ok: { is: jogg({ endpoints: is.some(ENDPOINT) }) },
    }
  },
  'POST /v2/endpoint': () => ({
    other: EACH_ITS_OWN,
    unknown: {
      body: { url: 'https://example.com', events: ['video.lost'] },
      is: fault(40000, /events\.0: "video\.lost"/),
    },
    bad: {
      body: { url: 'http://127.0.0.1/', events: ['generated_video_failed'] },
      is: fault(40000, /private network/),
    },
    ok: {
      body: { url: 'https://example.com/hook', status: 'enabled', events: ['generated_avatar_video_success'] },
      is: jogg({
        ...ENDPOINT,
        secret: /^whsec_[0-9a-f]{48}$/,
        status: 'enabled',
        events: ['generated_avatar_video_success'],
      }),
    },
  }),
  'PUT /v2/endpoint/{id}': async (world) => {
    const path = `/v2/endpoint/${await world.endpoint('joggai-v2')}`
    return {
      other: { path, body: { status: 'disabled' }, is: NOT_THERE },
      unknown: { path: `/v2/endpoint/${NOTHING}`, body: { status: 'disabled' }, is: NOT_THERE },
      bad: { path, body: { status: 'asleep' }, is: fault(40000, /status: "asleep" cannot be used/) },
      ok: { path, body: { status: 'disabled' }, is: jogg({ ...ENDPOINT, status: 'disabled' }) },
    }
  },
  'DELETE /v2/endpoint/{id}': async (world) => {
    const path = `/v2/endpoint/${await world.endpoint('joggai-v2')}`
    return {
      other: { path, is: NOT_THERE },
      unknown: { path: `/v2/endpoint/${NOTHING}`, is: NOT_THERE },
      bad: { path: '/v2/endpoint/x', is: NOT_THERE },
      ok: { path, is: jogg({ message: 'webhook deleted' }) },
    }
  },
  ...missing([
    'POST /v2/product',
    'PUT /v2/product',
    'POST /v2/create_video_from_product',
    'POST /v2/create_video_from_product/preview_list',
    'POST /v2/create_video_from_product/render_single_preview',
    'GET /v2/product_video/{id}',
    'GET /v2/product_previews',
    'GET /v2/product_videos',
    'GET /v2/templates',
    'GET /v2/templates/custom',
    'GET /v2/template/custom/{id}',
    'POST /v2/create_video_with_template',
    'GET /v2/template_video/{id}',
    'GET /v2/template_videos',
    'POST /v2/ai_scripts',
    'GET /v2/ai_scripts/results/{id}',
    'POST /v2/video_translate',
    'GET /v2/video_translate/target_languages',
    'GET /v2/video_translate/{id}',
    'POST /v2/product_avatar/generation',
    'GET /v2/product_avatar/generation/{id}',
    'POST /v2/product_avatar/add_motion',
    'GET /v2/product_avatar',
  ]),
}
