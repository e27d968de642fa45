// Where the kernel paints to and from: set by the host before it paints.

export let frameY: usize = 0
export let frameU: usize = 0
export let frameV: usize = 0
export let frameWidth: i32 = 0
/** Rows from here up to the end are painted, even numbers. */
export let frameTop: i32 = 0
export let frameEnd: i32 = 0

export let luma: usize = 0
export let chroma: usize = 0
/** 0 where the texture is opaque. */
export let chromaAlpha: usize = 0
// The same planes texel by texel, with a border of one.
export let plainY: usize = 0
export let plainU: usize = 0
export let plainV: usize = 0
export let plainA: usize = 0
export let plainAc: usize = 0
export let textureWidth: i32 = 0
export let textureHeight: i32 = 0

export function setFrame(y: usize, u: usize, v: usize, width: i32, top: i32, end: i32): void {
  frameY = y
  frameU = u
  frameV = v
  frameWidth = width
  frameTop = top
  frameEnd = end
}

export function setTexture(y: usize, uv: usize, uvAlpha: usize, width: i32, height: i32): void {
  luma = y
  chroma = uv
  chromaAlpha = uvAlpha
  textureWidth = width
  textureHeight = height
}

export function setPlain(y: usize, u: usize, v: usize, a: usize, ac: usize): void {
  plainY = y
  plainU = u
  plainV = v
  plainA = a
  plainAc = ac
}
