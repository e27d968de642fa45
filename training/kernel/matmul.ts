// The one thing that training is slow at: products of matrices, four rows by sixteen columns at a time.
// AssemblyScript; training/matmul.ts compiles it when training starts.

/**
 * c += a b for row-major c (m x n) and b (k x n) with n a multiple of 16 and m of 4. Element (i, p) of a lies at
 * a + i * rowStep + p * columnStep, so that a may be read transposed or with overlapping rows. Steps count floats,
 * addresses bytes.
 */
export function multiplyAdd(
  a: usize,
  rowStep: usize,
  columnStep: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
): void {
  const row = rowStep << 2
  const column = columnStep << 2
  const wide = <usize>n << 2
  for (let i = 0; i < m; i += 4) {
    const c0 = c + <usize>i * wide
    const c1 = c0 + wide
    const c2 = c1 + wide
    const c3 = c2 + wide
    for (let j: usize = 0; j < wide; j += 64) {
      let s00 = v128.load(c0 + j)
      let s01 = v128.load(c0 + j, 16)
      let s02 = v128.load(c0 + j, 32)
      let s03 = v128.load(c0 + j, 48)
      let s10 = v128.load(c1 + j)
      let s11 = v128.load(c1 + j, 16)
      let s12 = v128.load(c1 + j, 32)
      let s13 = v128.load(c1 + j, 48)
      let s20 = v128.load(c2 + j)
      let s21 = v128.load(c2 + j, 16)
      let s22 = v128.load(c2 + j, 32)
      let s23 = v128.load(c2 + j, 48)
      let s30 = v128.load(c3 + j)
      let s31 = v128.load(c3 + j, 16)
      let s32 = v128.load(c3 + j, 32)
      let s33 = v128.load(c3 + j, 48)
      let at = a + <usize>i * row
      let from = b + j
      for (let p = 0; p < k; p++) {
        const b0 = v128.load(from)
        const b1 = v128.load(from, 16)
        const b2 = v128.load(from, 32)
        const b3 = v128.load(from, 48)
        const a0 = v128.load32_splat(at)
        s00 = f32x4.add(s00, f32x4.mul(a0, b0))
        s01 = f32x4.add(s01, f32x4.mul(a0, b1))
        s02 = f32x4.add(s02, f32x4.mul(a0, b2))
        s03 = f32x4.add(s03, f32x4.mul(a0, b3))
        const a1 = v128.load32_splat(at + row)
        s10 = f32x4.add(s10, f32x4.mul(a1, b0))
        s11 = f32x4.add(s11, f32x4.mul(a1, b1))
        s12 = f32x4.add(s12, f32x4.mul(a1, b2))
        s13 = f32x4.add(s13, f32x4.mul(a1, b3))
        const a2 = v128.load32_splat(at + 2 * row)
        s20 = f32x4.add(s20, f32x4.mul(a2, b0))
        s21 = f32x4.add(s21, f32x4.mul(a2, b1))
        s22 = f32x4.add(s22, f32x4.mul(a2, b2))
        s23 = f32x4.add(s23, f32x4.mul(a2, b3))
        const a3 = v128.load32_splat(at + 3 * row)
        s30 = f32x4.add(s30, f32x4.mul(a3, b0))
        s31 = f32x4.add(s31, f32x4.mul(a3, b1))
        s32 = f32x4.add(s32, f32x4.mul(a3, b2))
        s33 = f32x4.add(s33, f32x4.mul(a3, b3))
        at += column
        from += wide
      }
      v128.store(c0 + j, s00)
      v128.store(c0 + j, s01, 16)
      v128.store(c0 + j, s02, 32)
      v128.store(c0 + j, s03, 48)
      v128.store(c1 + j, s10)
      v128.store(c1 + j, s11, 16)
      v128.store(c1 + j, s12, 32)
      v128.store(c1 + j, s13, 48)
      v128.store(c2 + j, s20)
      v128.store(c2 + j, s21, 16)
      v128.store(c2 + j, s22, 32)
      v128.store(c2 + j, s23, 48)
      v128.store(c3 + j, s30)
      v128.store(c3 + j, s31, 16)
      v128.store(c3 + j, s32, 32)
      v128.store(c3 + j, s33, 48)
    }
  }
}
