// Sets one triangle up: its corners from top to bottom, its edges' slopes and its texture's gradients.
import { walkRows } from './rows'
import {
  CHROMA_BLEND,
  CHROMA_EDGE,
  CHROMA_SOLID,
  LUMA_BLEND,
  LUMA_EDGE,
  LUMA_ONLY,
  LUMA_SOLID,
} from './span'
import { chromaAlpha, frameEnd, frameTop, frameWidth } from './target'

// The triangle in work. Positions are canvas pixels, a the top, b the middle and c the bottom corner.
export let ax: f32 = 0
export let ay: f32 = 0
export let bx: f32 = 0
export let by: f32 = 0
export let cy: f32 = 0
// Pixels right for a pixel down: from a to c, from a to b, from b to c.
export let slopeLong: f32 = 0
export let slopeFirst: f32 = 0
export let slopeSecond: f32 = 0
/** Whether b lies right of the edge from a to c. */
export let bulgesRight: bool = false
// Texels at a, their change for a pixel right and down, and their bounds.
export let au: f32 = 0
export let av: f32 = 0
export let ux: f32 = 0
export let uy: f32 = 0
export let vx: f32 = 0
export let vy: f32 = 0
export let uLow: f32 = 0
export let uHigh: f32 = 0
export let vLow: f32 = 0
export let vHigh: f32 = 0
// Coverage (0-255) at a and its change; only edges fade.
export let ak: f32 = 0
export let kx: f32 = 0
export let ky: f32 = 0

/** @param kind 1 opaque, 2 to be blended. Positions and texels are pairs of f32. */
export function paintTriangle(pa: usize, pb: usize, pc: usize, ta: usize, tb: usize, tc: usize, kind: u8): void {
  if (!setUp(pa, pb, pc, ta, tb, tc, 0, 0, 0)) return
  if (!chromaAlpha) {
    walkRows(LUMA_ONLY, 1)
    walkRows(CHROMA_SOLID, 0.5)
  } else if (kind == 1) {
    walkRows(LUMA_SOLID, 1)
    walkRows(CHROMA_SOLID, 0.5)
  } else {
    walkRows(LUMA_BLEND, 1)
    walkRows(CHROMA_BLEND, 0.5)
  }
}

/** Paints a triangle of an opaque texture, in luma or in chroma, that fades by the coverage (0-255) of its corners. */
export function paintFading(
  pa: usize,
  pb: usize,
  pc: usize,
  ta: usize,
  tb: usize,
  tc: usize,
  ka: f32,
  kb: f32,
  kc: f32,
  inChroma: bool,
): void {
  if (!setUp(pa, pb, pc, ta, tb, tc, ka, kb, kc)) return
  if (inChroma) walkRows(CHROMA_EDGE, 0.5)
  else walkRows(LUMA_EDGE, 1)
}

/** False where there is nothing to paint. */
// @ts-ignore: decorator
@inline
function setUp(
  pa: usize,
  pb: usize,
  pc: usize,
  ta: usize,
  tb: usize,
  tc: usize,
  ka: f32,
  kb: f32,
  kc: f32,
): bool {
  if (load<f32>(pb, 4) < load<f32>(pa, 4)) {
    const p = pa, t = ta, k = ka
    pa = pb, ta = tb, ka = kb
    pb = p, tb = t, kb = k
  }
  if (load<f32>(pc, 4) < load<f32>(pb, 4)) {
    const p = pb, t = tb, k = kb
    pb = pc, tb = tc, kb = kc
    pc = p, tc = t, kc = k
    if (load<f32>(pb, 4) < load<f32>(pa, 4)) {
      const p = pa, t = ta, k = ka
      pa = pb, ta = tb, ka = kb
      pb = p, tb = t, kb = k
    }
  }
  ax = load<f32>(pa)
  ay = load<f32>(pa, 4)
  bx = load<f32>(pb)
  by = load<f32>(pb, 4)
  const cx = load<f32>(pc)
  cy = load<f32>(pc, 4)
  if (!(cy > <f32>frameTop && ay < <f32>frameEnd)) return false
  const leftmost = min(min(ax, bx), cx)
  const rightmost = max(max(ax, bx), cx)
  if (!(rightmost > 0 && leftmost < <f32>frameWidth)) return false
  const abx = bx - ax
  const aby = by - ay
  const acx = cx - ax
  const acy = cy - ay
  const area = abx * acy - acx * aby
  if (area == 0) return false
  bulgesRight = area > 0
  slopeLong = acx / acy
  slopeFirst = abx / aby
  slopeSecond = (cx - bx) / (cy - by)

  au = load<f32>(ta)
  av = load<f32>(ta, 4)
  const bu = load<f32>(tb)
  const bv = load<f32>(tb, 4)
  const cu = load<f32>(tc)
  const cv = load<f32>(tc, 4)
  ux = ((bu - au) * acy - (cu - au) * aby) / area
  uy = ((cu - au) * abx - (bu - au) * acx) / area
  vx = ((bv - av) * acy - (cv - av) * aby) / area
  vy = ((cv - av) * abx - (bv - av) * acx) / area
  uLow = min(min(au, bu), cu)
  uHigh = max(max(au, bu), cu)
  vLow = min(min(av, bv), cv)
  vHigh = max(max(av, bv), cv)
  ak = ka
  kx = ((kb - ka) * acy - (kc - ka) * aby) / area
  ky = ((kc - ka) * abx - (kb - ka) * acx) / area
  return true
}
