// How segments are encoded, as settings and as one string for their addresses; loads no FFmpeg.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * x264's speed against size, and its quality (constant rate factor, lower is better). Measured on a presenter speaking at
 * 1080x1920, in CPU time a frame and data rate: ultrafast 7 ms, 4.7 Mbit/s; superfast 16 ms, 2.9 Mbit/s; veryfast 14 ms,
 * 1.0 Mbit/s; faster 28 ms, 1.2 Mbit/s.
 */
export const PRESET = 'veryfast'
export const QUALITY = 20
/** Encoder threads. Fixed, since x264 makes other bytes with another number of them. */
export const THREADS = 4
/** At least one place to seek to in each two seconds. */
export const KEYFRAME_SECONDS = 2
/** Changes whenever the same frames may encode to other bytes: part of a segment's address. */
export const ENCODER_VERSION = `x264-${PRESET}-crf${QUALITY}-t${THREADS}-k${KEYFRAME_SECONDS}-1 node-av-${nodeAvVersion()}`

function nodeAvVersion(): string {
  const entry = createRequire(import.meta.url).resolve('node-av')
  const manifest = JSON.parse(readFileSync(new URL('../package.json', `file://${entry}`), 'utf8'))
  return String(manifest.version)
}
