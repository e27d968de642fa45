// Why a picture cannot become an avatar: one word for programs and one sentence for people.
import { Fault } from '../../../core/errors.ts'

/** The reasons; they are the `reason` of the Fault. */
export const REFUSALS = {
  'not-a-picture': 'This is no picture that can be read. JPEG, PNG, WebP, AVIF, HEIC and GIF can.',
  'broken-picture': 'The picture is broken or was cut short. Save or send it again.',
  'too-many-bytes': 'The picture file is too large.',
  'too-many-pixels': 'The picture has too many pixels.',
  'too-few-pixels': 'The picture is too small.',
  'no-face': 'No face was found. The picture must show one person whose face looks at the viewer.',
  'several-faces': 'Several faces of like size were found. Cut the picture down to one person.',
  'face-too-small': 'The face is too small.',
  'turned-too-far': 'The head is turned too far.',
  'eyes-hidden': 'The eyes are hidden. Sunglasses, hair and hands must leave both eyes free.',
  'eyes-closed': 'An eye is closed. Take a picture with both eyes open.',
  'mouth-hidden': 'The mouth is hidden. Masks, hands and other things must leave the mouth free.',
  'too-dark': 'The face is too dark to work with. Take a brighter picture.',
  'too-blurred': 'The face is too blurred to work with. Take a sharper picture.',
  'no-outline': 'The person could not be told from the background. Take a picture where they stand out from it.',
} as const

export type Refusal = keyof typeof REFUSALS

/**
 * A Fault `invalid` of that reason, to be thrown.
 * @param detail what was found and what would do, as a sentence.
 */
export function refuse(reason: Refusal, detail = '', cause?: unknown): Fault {
  return new Fault('invalid', detail ? `${REFUSALS[reason]} ${detail}` : REFUSALS[reason], {
    field: 'image',
    reason,
    ...(cause === undefined ? {} : { cause }),
  })
}
