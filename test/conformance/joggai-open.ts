// JoggAI's oldest generation, /open, route by route.

import { AVATAR, jogg, LINK, missing, NOT_FOUND, OWN_AVATAR, openFault } from './jogg-shapes.ts'
import { is } from './shape.ts'
import { ALL_SEE, always, EACH_ITS_OWN, NO_ID, NO_INPUT, NOTHING, type Table } from './world.ts'

const NOT_IN_OPEN = openFault(10104, NOT_FOUND)
const TIMBRE = { name: is.filled, lang_id: is.filled, audition_url: is.url, language: is.filled, gender: is.filled }
const RENDER = {
  script: 'Hello.',
  person_id: 127,
  person_source: 0,
  tts_voice_id: 'flite-rms',
  aspect_ratio: 0,
  screen_style: 1,
}

export const JOGGAI_OPEN: Table = {
  'POST /open/render/talking_avatar': async (world) => {
    const own = { ...RENDER, person_id: (await world.look()).number, person_source: 1, render_subtitle: 2 }
    return {
      other: { body: own, is: NOT_IN_OPEN },
      unknown: { body: { ...RENDER, person_id: 999_999 }, is: NOT_IN_OPEN },
      bad: { body: { ...RENDER, person_id: 'x' }, is: openFault(40000, /person_id: "x" cannot be used/) },
      ok: { body: own, is: jogg({ prj_id: is.hex }) },
    }
  },
  'GET /open/prj_info': async (world) => {
    const query = `project_id=${await world.doneVideo()}`
    return {
      other: { query, is: NOT_IN_OPEN },
      unknown: { query: `project_id=${NOTHING}`, is: NOT_IN_OPEN },
      bad: { is: openFault(40000, /project_id is required/) },
      ok: {
        query,
        is: jogg({
          id: is.hex,
          title: is.filled,
          progress: 100,
          progress_desc: 'done',
          aspect_ratio: 0,
          step: 0,
          status: 4,
          err_msg: '',
          video_path: is.filled,
          video_duration: 4,
          video_url: LINK,
          cover_path: is.filled,
          cover_url: LINK,
          workspace_index: 0,
          template_id: 0,
          template_type: '',
          index_template_id: 0,
          person_id: 0,
          placeholder_cover_url: '',
          created_at: is.int,
          updated_at: is.int,
        }),
      },
    }
  },
  'GET /open/avatar': () => ({
    other: ALL_SEE,
    unknown: NO_ID,
    bad: { query: 'aspect_ratio=9', is: openFault(40000, /aspect_ratio: "9" cannot be used/) },
    ok: { query: 'aspect_ratio=0', is: jogg({ avatars: is.some(AVATAR) }) },
  }),
  'GET /open/avatar/user': async (world) => {
    await world.look()
    return {
      other: { is: jogg({ avatars: [] }) },
      unknown: NO_ID,
      bad: NO_INPUT,
      ok: { is: jogg({ avatars: is.some({ ...OWN_AVATAR, product_status: is.either(0, 1, 2) }) }) },
    }
  },
  'GET /open/timbre': () => ({
    other: ALL_SEE,
    unknown: { query: 'language=klingon', is: jogg({ total: 0, timbres: [] }) },
    bad: { query: 'gender=robot', is: openFault(40000, /gender: "robot" cannot be used/) },
    ok: { query: 'gender=female', is: jogg({ total: is.int, timbres: is.some({ ...TIMBRE, gender: 'female' }) }) },
  }),
  'GET /open/timbre/user': always(jogg({ total: 0, timbres: [] })),
  'POST /open/upload/sign': () => ({
    other: EACH_ITS_OWN,
    unknown: NO_ID,
    bad: { body: { use_to: 'media' }, is: openFault(40000, /filename is required/) },
    ok: {
      body: { filetype: 'image/jpeg', filename: 'me.jpg', use_to: 'media' },
      is: jogg({ sign_url: is.url, full_path: LINK, key: is.filled }),
    },
  }),
  'POST /open/avatar/create': async (world) => ({
    other: EACH_ITS_OWN,
    unknown: {
      body: { origin_url: 'http://nobody.invalid/a.jpg', name: 'x' },
      is: openFault(40000, /cannot be fetched/),
    },
    bad: { body: { origin_url: 'x', name: '' }, is: openFault(40000, /name is required/) },
    ok: { body: { origin_url: await world.picture(), name: 'Ada' }, is: jogg({ id: is.int, avatar_id: is.int }) },
  }),
  'DELETE /open/avatar/user/delete': async (world) => {
    const body = { id: (await world.look()).number }
    return {
      other: { body, is: NOT_IN_OPEN },
      unknown: { query: 'avatar_id=999999', is: NOT_IN_OPEN },
      bad: { is: openFault(40000, /avatar_id is required/) },
      ok: { body, is: jogg(null) },
    }
  },
  ...missing(['POST /open/product', 'PUT /open/product', 'POST /open/project/render', 'POST /open/render'], openFault),
}
