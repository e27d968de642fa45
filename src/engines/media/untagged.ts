// Pictures that do not say how their colours are coded: read as players read them.
import { AVCOL_SPC_BT709, AVCOL_SPC_SMPTE170M, AVCOL_SPC_UNSPECIFIED } from 'node-av/constants'
import { avGetPixFmtName, type Frame } from 'node-av/lib'

/**
 * Marks an untagged picture as BT.709 where it has the size of high definition, as BT.601 where it is smaller: most files
 * of phones and screen recorders say nothing. Source of the bounds: what mpv and browsers take for granted.
 */
export function tagColours(frame: Frame): void {
  if (frame.colorSpace !== AVCOL_SPC_UNSPECIFIED) return
  const layout = avGetPixFmtName(frame.format as Parameters<typeof avGetPixFmtName>[0]) ?? ''
  if (!/^(yuv|nv)/.test(layout)) return
  const isLarge = Math.max(frame.width, frame.height) >= 1280 || Math.min(frame.width, frame.height) > 576
  frame.colorSpace = isLarge ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M
}
