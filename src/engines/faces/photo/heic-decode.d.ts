// What is used of heic-decode, which brings no types of its own.
declare module 'heic-decode' {
  type HeicImage = {
    readonly width: number
    readonly height: number
    /** RGBA, already turned as the file says. */
    decode(): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>
  }
  const decode: {
    /** The pictures of a file, main one first, undecoded; `dispose` frees them. */
    all(options: { buffer: Uint8Array }): Promise<HeicImage[] & { dispose(): void }>
  }
  export default decode
}
