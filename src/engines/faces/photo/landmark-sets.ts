// Which of the 478 points of MediaPipe's face mesh lie where. Left and right are the picture's.

/** From the left corner to the right one. */
export const LIPS = {
  upperOuter: [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291],
  lowerOuter: [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291],
  upperInner: [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308],
  lowerInner: [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308],
} as const

/** Lids and brows of one eye, each from left to right; the five points of its iris, its middle first. */
export type EyeSet = {
  readonly upperLid: readonly number[]
  readonly lowerLid: readonly number[]
  readonly upperBrow: readonly number[]
  readonly lowerBrow: readonly number[]
  readonly iris: readonly number[]
}

/** The eye on the picture's left, which is the person's right one. */
export const LEFT_EYE: EyeSet = {
  upperLid: [33, 246, 161, 160, 159, 158, 157, 173, 133],
  lowerLid: [33, 7, 163, 144, 145, 153, 154, 155, 133],
  upperBrow: [70, 63, 105, 66, 107],
  lowerBrow: [46, 53, 52, 65, 55],
  iris: [468, 469, 470, 471, 472],
}

/** The eye on the picture's right. */
export const RIGHT_EYE: EyeSet = {
  upperLid: [362, 398, 384, 385, 386, 387, 388, 466, 263],
  lowerLid: [362, 382, 381, 380, 374, 373, 390, 249, 263],
  upperBrow: [336, 296, 334, 293, 300],
  lowerBrow: [285, 295, 282, 283, 276],
  iris: [473, 474, 475, 476, 477],
}

/** The outline of the face, clockwise from the top of the forehead. */
export const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const

/** Single points. */
export const POINT = {
  leftEyeCorner: 33,
  rightEyeCorner: 263,
  noseTip: 1,
  noseBase: 2,
  chin: 152,
  forehead: 10,
  leftEar: 234,
  rightEar: 454,
  leftCheek: 50,
  rightCheek: 280,
} as const
