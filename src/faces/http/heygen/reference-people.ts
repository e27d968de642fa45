// HeyGen's avatars, voices, talking photos and photo avatars in words.
import { z } from 'zod'
import { hexId, link, type Reference } from '../documented.ts'
import * as answers from './answers.ts'

const nothing = z.null()
const of = (schema: z.ZodType) => z.array(schema)

/** A part of the table in reference.ts. */
export const PEOPLE: Reference = {
  'GET /v2/avatars': {
    tag: 'Avatars',
    summary: 'List the avatars',
    description: 'The public avatars, and the account’s own looks as talking photos.',
    answer: z.object({ avatars: of(answers.avatar), talking_photos: of(answers.talkingPhoto) }),
  },
  'GET /v1/avatar.list': {
    tag: 'Avatars',
    summary: 'List the public avatars',
    description: 'The older list.',
    answer: z.object({ avatars: of(answers.avatar) }),
  },
  'GET /v2/avatar/{id}/details': {
    tag: 'Avatars',
    summary: 'Look at an avatar',
    description: 'A public avatar or a look of the account’s own.',
    answer: answers.avatarDetails,
  },
  'GET /v2/avatar_group.list': {
    tag: 'Avatars',
    summary: 'List the groups of avatars',
    description: 'The account’s own groups of looks; with include_public each public avatar is a group of one look.',
    answer: z.object({ total_count: z.int(), avatar_group_list: of(answers.avatarGroup) }),
  },
  'GET /v2/avatar_group/{id}/avatars': {
    tag: 'Avatars',
    summary: 'List the looks of a group',
    description: 'Each look has the fields of a photo avatar and those of an avatar.',
    answer: z.object({ avatar_list: of(answers.groupMember) }),
  },
  'GET /v2/voices': {
    tag: 'Voices',
    summary: 'List the voices',
    description: 'Voices that speak here, with a sample of each, which is made when it is first asked for.',
    answer: z.object({ voices: of(answers.voice) }),
  },
  'GET /v1/voice.list': {
    tag: 'Voices',
    summary: 'List the voices in the older form',
    description: 'The same list twice, since clients read either.',
    answer: z.object({ voices: of(answers.voice), list: of(answers.voice) }),
  },
  'GET /v2/voices/locales': {
    tag: 'Voices',
    summary: 'List the languages of the voices',
    description: 'Each locale that a voice speaks, once.',
    answer: z.object({ locales: of(z.object({ locale: z.string(), language: z.string() })) }),
  },
  'POST /v1/talking_photo': {
    tag: 'Talking photos',
    summary: 'Make a talking photo of a picture',
    description:
      'The raw bytes of a picture of one face, or a form with `file`. It answers when the face has been found and made ready, or says why it cannot be used.',
    answer: z.object({ talking_photo_id: hexId, talking_photo_url: link }),
  },
  'GET /v1/talking_photo.list': {
    tag: 'Talking photos',
    summary: 'List the talking photos',
    description: 'The account’s own looks.',
    answer: of(z.object({ id: hexId, name: z.string(), image_url: link, circle_image: link })),
  },
  'DELETE /v2/talking_photo/{id}': {
    tag: 'Talking photos',
    summary: 'Delete a talking photo',
    description: 'Videos that were made with it stay.',
    answer: nothing,
  },
  'POST /v2/photo_avatar/photo/generate': {
    tag: 'Photo avatars',
    summary: 'Generate four people from words',
    example: {
      name: 'Tom',
      age: 'Young Adult',
      gender: 'Man',
      ethnicity: 'Unspecified',
      orientation: 'square',
      pose: 'half_body',
      style: 'Realistic',
      appearance: 'a blue shirt',
    },
    description: 'Four pictures of different people who fit the words. Ask for the generation until it has ended.',
    answer: z.object({ generation_id: hexId }),
  },
  'POST /v2/photo_avatar/look/generate': {
    tag: 'Photo avatars',
    summary: 'Generate four other looks of a group',
    example: {
      group_id: '5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d',
      prompt: 'in an office',
      orientation: 'square',
      pose: 'half_body',
      style: 'Realistic',
    },
    description:
      'The same person, dressed and surrounded as the prompt says. A person from a photo keeps their clothes and is put before another background.',
    answer: z.object({ generation_id: hexId }),
  },
  'GET /v2/photo_avatar/generation/{id}': {
    tag: 'Photo avatars',
    summary: 'See how a generation stands',
    description: 'When it has succeeded: four pictures, and the image keys that groups and videos are made with.',
    answer: answers.generation,
  },
  'POST /v2/photo_avatar/avatar_group/create': {
    tag: 'Photo avatars',
    summary: 'Make a group of looks of a picture',
    example: { name: 'Tom', image_key: 'image/5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d/original' },
    description: 'The picture becomes the first look of a new group; its id is usable as talking_photo_id at once.',
    answer: answers.look,
  },
  'POST /v2/photo_avatar/avatar_group/add': {
    tag: 'Photo avatars',
    summary: 'Add looks to a group',
    example: {
      group_id: '5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d',
      image_keys: ['image/5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d-1/original'],
      name: 'Tom',
    },
    description: 'One to four pictures, by their image keys.',
    answer: z.object({ photo_avatar_list: of(answers.look) }),
  },
  'POST /v2/photo_avatar/train': {
    tag: 'Photo avatars',
    summary: 'Train a group',
    example: { group_id: '5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d' },
    description: 'Nothing needs training here: a group is ready as soon as its looks are.',
    answer: nothing,
  },
  'GET /v2/photo_avatar/train/status/{id}': {
    tag: 'Photo avatars',
    summary: 'See how a training stands',
    description: '`training` while a look of the group is being made, then `ready`.',
    answer: answers.training,
  },
  'POST /v2/photo_avatar/add_motion': {
    tag: 'Photo avatars',
    summary: 'Add motion to a look',
    example: { id: '5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d' },
    description: 'Every look moves by itself: the same id comes back.',
    answer: z.object({ id: hexId }),
  },
  'POST /v2/photo_avatar/upscale': {
    tag: 'Photo avatars',
    summary: 'Upscale a look',
    description:
      'From now on every video shows the photo as `super_resolution` does: enlarged by Lanczos’ kernel and sharpened, nothing invented. The same id comes back; people who were generated need it not and are refused.',
    example: { id: '5f0c6e2f8a4b4d0e9d5b7f3f2a1c0b9d' },
    answer: z.object({ id: hexId }),
  },
  'GET /v2/photo_avatar/{id}': {
    tag: 'Photo avatars',
    summary: 'Look at a photo avatar',
    description: '`pending` for some seconds, then `completed`, or `failed` with the reason in `error`.',
    answer: answers.look,
  },
  'DELETE /v2/photo_avatar/{id}': {
    tag: 'Photo avatars',
    summary: 'Delete a photo avatar',
    description: 'Videos that were made with it stay.',
    answer: nothing,
  },
  'DELETE /v2/photo_avatar_group/{id}': {
    tag: 'Photo avatars',
    summary: 'Delete a group with all its looks',
    description: 'Videos that were made with them stay.',
    answer: nothing,
  },
}
