// The mouth shapes and expressions a face can make, in the one order that plans, rigs and painters share.

/**
 * Every shape a rig may carry a displacement field for. A weight of 0 is rest, 1 is the full shape; gaze is signed.
 * "Left" and "right" are the avatar's own, except gaze, which is the viewer's (x right, y down).
 */
export const SHAPES = [
  'jawOpen', // the jaw drops to this face's widest "aa"; lips follow passively
  'mouthClose', // with jawOpen at 1, brings the lips together again; a plan always weights it by jawOpen
  'lipsPress', // lips pressed together and thinned: the hold of p, b, m
  'lipsPart', // lips a little apart with the jaw at rest, teeth just visible: s, t, k
  'lipsRound', // corners in, lips rounded and pushed forward: oo, w
  'lipsFunnel', // lips forward and flared, corners a little in: sh, ch, r
  'lipsWide', // corners drawn back: ee, s
  'upperLipUp', // upper lip raised off the upper teeth
  'lowerLipDown', // lower lip lowered off the lower teeth
  'lowerLipTuck', // lower lip under the upper teeth: f, v
  'smile', // corners up and out, cheeks lifted
  'frown', // corners down
  'tongueUp', // tongue tip behind the upper teeth: t, d, n, l
  'tongueOut', // tongue tip between the teeth: th
  'blinkLeft',
  'blinkRight',
  'squint', // lower lids lifted, as in a smile
  'eyesWide', // upper lids raised
  'gazeX', // both eyes 15 degrees to the viewer's right
  'gazeY', // both eyes 12 degrees down
  'browsUp',
  'browsInnerUp',
  'browsDown',
  'breath', // shoulders and chest at the top of a breath
  'handLeft', // a beat of the hand: the forearm lifts it and brings it outwards
  'handRight',
] as const

/** One of {@link SHAPES}. */
export type Shape = (typeof SHAPES)[number]

/** How many shapes there are: the stride of a face track's shape rows. */
export const SHAPE_COUNT = SHAPES.length

/** Where each shape stands in {@link SHAPES}. */
export const SHAPE_INDEX = Object.freeze(Object.fromEntries(SHAPES.map((name, index) => [name, index]))) as Readonly<
  Record<Shape, number>
>
