// HeyGen's avatars, voices, talking photos and photo avatars, route by route.
import { paperJpeg } from '../../src/services/test-kit.ts'
import { AVATAR, e1, e2, GROUP_LOOK, h1, h2, LINK, LOOK, VOICE } from './heygen-shapes.ts'
import { is } from './shape.ts'
import { ALL_SEE, always, EACH_ITS_OWN, NO_ID, NO_INPUT, NOTHING, type Table } from './world.ts'

const NO_AVATAR = { status: 404, is: e2('avatar_not_found', /^avatar look not found: /) }
const NO_LOOK = { status: 404, is: e2('not_found', /^There is no avatar of yours/) }
const NO_GROUP = { status: 404, is: e2('avatar_group_not_found', /^There is no avatar group of yours/) }
const TALKING_PHOTO = { talking_photo_id: is.hex, talking_photo_name: is.filled, preview_image_url: LINK }
const GROUP = {
  id: is.filled,
  name: is.filled,
  created_at: is.int,
  num_looks: is.int,
  preview_image: is.url,
  preview_image_url: is.url,
  group_type: /^(PRIVATE|PUBLIC)$/,
  train_status: is.orNull('ready'),
  default_voice_id: is.orNull(is.filled),
}
const LOCALE = { locale: /^[a-z]{2,3}(-\w+)*$/, language: /^[A-Z]/ }

export const HEYGEN_PEOPLE: Table = {
  'GET /v2/avatars': async (world) => {
    await world.look()
    const avatars = is.some(AVATAR)
    return {
      other: { is: h2({ avatars, talking_photos: [] }) },
      unknown: NO_ID,
      bad: NO_INPUT,
      ok: { is: h2({ avatars, talking_photos: is.some(TALKING_PHOTO) }) },
    }
  },
  'GET /v1/avatar.list': always(h1({ avatars: is.some(AVATAR) })),
  'GET /v2/avatar/{id}/details': async (world) => {
    const path = `/v2/avatar/${(await world.look()).id}/details`
    return {
      other: { path, ...NO_AVATAR },
      unknown: { path: `/v2/avatar/${NOTHING}/details`, ...NO_AVATAR },
      bad: { path: '/v2/avatar/x/details', ...NO_AVATAR },
      ok: {
        path,
        is: h2({
          type: 'talking_photo',
          id: is.hex,
          name: 'Ada',
          gender: 'female',
          preview_image_url: LINK,
          preview_video_url: null,
          premium: false,
          is_public: false,
          default_voice_id: is.filled,
          tags: [],
        }),
      },
    }
  },
  'GET /v2/avatar_group.list': async (world) => {
    await world.look()
    return {
      other: { is: h2({ total_count: 0, avatar_group_list: [] }) },
      unknown: NO_ID,
      bad: {
        query: 'include_public=perhaps',
        status: 400,
        is: e2('invalid_parameter', /include_public: "perhaps" cannot be used/),
      },
      ok: { query: 'include_public=true', is: h2({ total_count: is.int, avatar_group_list: is.some(GROUP) }) },
    }
  },
  'GET /v2/avatar_group/{id}/avatars': async (world) => {
    const path = `/v2/avatar_group/${(await world.look()).id}/avatars`
    return {
      other: { path, ...NO_AVATAR },
      unknown: { path: `/v2/avatar_group/${NOTHING}/avatars`, ...NO_AVATAR },
      bad: { path: '/v2/avatar_group/x/avatars', ...NO_AVATAR },
      ok: { path, is: h2({ avatar_list: [GROUP_LOOK] }) },
    }
  },
  'GET /v2/voices': always(h2({ voices: is.some(VOICE) })),
  'GET /v1/voice.list': always(h1({ voices: is.some(VOICE), list: is.some(VOICE) })),
  'GET /v2/voices/locales': always(h2({ locales: is.some(LOCALE) })),
  'POST /v1/talking_photo': () => ({
    other: EACH_ITS_OWN,
    unknown: NO_ID,
    bad: {
      file: { bytes: new Uint8Array(Buffer.from('text')), type: 'image/jpeg' },
      status: 400,
      is: e1(40002, /no picture/),
    },
    ok: {
      file: { bytes: paperJpeg('me'), type: 'image/jpeg' },
      is: h1({ talking_photo_id: is.hex, talking_photo_url: LINK }),
    },
  }),
  'GET /v1/talking_photo.list': async (world) => {
    await world.look()
    return {
      other: { is: h1([]) },
      unknown: NO_ID,
      bad: NO_INPUT,
      ok: { is: h1(is.some({ id: is.hex, name: is.filled, image_url: LINK, circle_image: LINK })) },
    }
  },
  'DELETE /v2/talking_photo/{id}': async (world) => {
    const path = `/v2/talking_photo/${(await world.look()).id}`
    return {
      other: { path, ...NO_LOOK },
      unknown: { path: `/v2/talking_photo/${NOTHING}`, ...NO_LOOK },
      bad: { path: '/v2/talking_photo/x', ...NO_AVATAR },
      ok: { path, is: h2(null) },
    }
  },
  'POST /v2/photo_avatar/photo/generate': () => {
    const body = {
      name: 'Tom',
      age: 'Young Adult',
      gender: 'Man',
      ethnicity: 'White',
      orientation: 'square',
      pose: 'half_body',
      style: 'Realistic',
      appearance: 'a blue shirt',
    }
    return {
      other: EACH_ITS_OWN,
      unknown: NO_ID,
      bad: {
        body: { ...body, pose: 'lying' },
        status: 400,
        is: e2('invalid_parameter', /^pose is invalid: got "lying"/),
      },
      ok: { body, is: h2({ generation_id: is.hex }) },
    }
  },
  'GET /v2/photo_avatar/generation/{id}': async (world) => {
    const path = `/v2/photo_avatar/generation/${(await world.people()).id}`
    const gone = { status: 404, is: e2('not_found', /^There is no generation/) }
    const key = /^image\/[0-9a-f]{32}-\d\/original$/
    return {
      other: { path, ...gone },
      unknown: { path: `/v2/photo_avatar/generation/${NOTHING}`, ...gone },
      bad: { path: '/v2/photo_avatar/generation/x', ...gone },
      ok: {
        path,
        is: h2({
          id: is.hex,
          status: 'success',
          msg: null,
          image_url_list: [LINK, LINK, LINK, LINK],
          image_key_list: [key, key, key, key],
          notes: is.list(is.filled),
        }),
      },
    }
  },
  'POST /v2/photo_avatar/avatar_group/create': async (world) => {
    const image_key = `image/${(await world.people()).id}-0/original`
    const gone = { status: 404, is: e2('not_found', /^image_key: There is no/) }
    return {
      other: { body: { name: 'Tom', image_key }, ...gone },
      unknown: { body: { name: 'Tom', image_key: `image/${NOTHING}/original` }, ...gone },
      bad: { body: { name: 'Tom' }, status: 400, is: e2('invalid_parameter', /^image_key is invalid: field required/) },
      ok: { body: { name: 'Tom', image_key }, is: h2({ ...LOOK, business_type: 'generated' }) },
    }
  },
  'POST /v2/photo_avatar/avatar_group/add': async (world) => {
    const group_id = (await world.look()).id
    const body = { group_id, image_keys: [`image/${(await world.people()).id}-1/original`], name: 'Tom' }
    return {
      other: { body, ...NO_GROUP },
      unknown: { body: { ...body, group_id: NOTHING }, ...NO_GROUP },
      bad: {
        body: { ...body, image_keys: [] },
        status: 400,
        is: e2('invalid_parameter', /^image_keys is invalid: got \[\]/),
      },
      ok: { body, is: h2({ photo_avatar_list: [LOOK] }) },
    }
  },
  'POST /v2/photo_avatar/train': async (world) => {
    const group_id = (await world.look()).id
    return {
      other: { body: { group_id }, ...NO_GROUP },
      unknown: { body: { group_id: NOTHING }, ...NO_GROUP },
      bad: { body: {}, status: 400, is: e2('invalid_parameter', /^group_id is invalid: field required/) },
      ok: { body: { group_id }, is: h2(null) },
    }
  },
  'GET /v2/photo_avatar/train/status/{id}': async (world) => {
    const path = `/v2/photo_avatar/train/status/${(await world.look()).id}`
    return {
      other: { path, ...NO_GROUP },
      unknown: { path: `/v2/photo_avatar/train/status/${NOTHING}`, ...NO_GROUP },
      bad: { path: '/v2/photo_avatar/train/status/x', ...NO_GROUP },
      ok: { path, is: h2({ status: 'ready', error_msg: null, created_at: is.int, updated_at: is.int }) },
    }
  },
  'POST /v2/photo_avatar/add_motion': async (world) => {
    const { id } = await world.look()
    return {
      other: { body: { id }, ...NO_LOOK },
      unknown: { body: { id: NOTHING }, ...NO_LOOK },
      bad: { body: {}, status: 400, is: e2('invalid_parameter', /^id is invalid: field required/) },
      ok: { body: { id }, is: h2({ id }) },
    }
  },
  'POST /v2/photo_avatar/look/generate': async (world) => {
    const body = {
      group_id: (await world.look()).id,
      prompt: 'in an office',
      orientation: 'square',
      pose: 'half_body',
      style: 'Realistic',
    }
    return {
      other: { body, ...NO_GROUP },
      unknown: { body: { ...body, group_id: NOTHING }, ...NO_GROUP },
      bad: {
        body: { ...body, prompt: '' },
        status: 400,
        is: e2('invalid_parameter', /^prompt is invalid: field required/),
      },
      ok: { body, is: h2({ generation_id: is.hex }) },
    }
  },
  'POST /v2/photo_avatar/upscale': async (world) => {
    const { id } = await world.look()
    return {
      other: { body: { id }, ...NO_LOOK },
      unknown: { body: { id: NOTHING }, ...NO_LOOK },
      bad: { body: { id: 'x' }, ...NO_AVATAR },
      ok: { body: { id }, is: h2({ id }) },
    }
  },
  'POST /v2/photo_avatar/add_sound_effect': () => ({
    other: ALL_SEE,
    unknown: NO_ID,
    bad: NO_INPUT,
    ok: { body: { id: NOTHING }, status: 501, is: e2('not_supported', /is not supported here\. /) },
  }),
  'GET /v2/photo_avatar/{id}': async (world) => {
    const { id } = await world.look()
    const path = `/v2/photo_avatar/${id}`
    return {
      other: { path, ...NO_LOOK },
      unknown: { path: `/v2/photo_avatar/${NOTHING}`, ...NO_LOOK },
      bad: { path: '/v2/photo_avatar/x', ...NO_AVATAR },
      ok: { path, is: h2({ ...LOOK, id, group_id: id, name: 'Ada', business_type: 'uploaded' }) },
    }
  },
  'DELETE /v2/photo_avatar/{id}': async (world) => {
    const path = `/v2/photo_avatar/${(await world.look()).id}`
    return {
      other: { path, ...NO_LOOK },
      unknown: { path: `/v2/photo_avatar/${NOTHING}`, ...NO_LOOK },
      bad: { path: '/v2/photo_avatar/x', ...NO_AVATAR },
      ok: { path, is: h2(null) },
    }
  },
  'DELETE /v2/photo_avatar_group/{id}': async (world) => {
    const path = `/v2/photo_avatar_group/${(await world.look()).id}`
    return {
      other: { path, ...NO_GROUP },
      unknown: { path: `/v2/photo_avatar_group/${NOTHING}`, ...NO_GROUP },
      bad: { path: '/v2/photo_avatar_group/x', ...NO_GROUP },
      ok: { path, is: h2(null) },
    }
  },
}
