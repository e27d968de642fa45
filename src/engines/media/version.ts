// How segments are encoded, as settings and as one string for their addresses; loads no FFmpeg.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * x264's speed against size, and its quality (constant rate factor, lower is better). `superfast` with the rate control of
 * the slower presets: on the painter's own frames at 1080x1920 it takes 14 ms of CPU a frame where `veryfast` takes 23, at
 * the same size (1.0 Mbit/s at 20). Without `mbtree`, `superfast` doubles the size.
 */
export const PRESET = 'superfast'
export const RATE_CONTROL = 'mbtree=1:rc-lookahead=10:weightp=0:scenecut=0'
/**
 * The same where the whole picture changes with every frame. At 1080p before clips that pan and move, it takes 13 and 16 ms
 * of CPU a frame where the other takes 18 and 22, in files of the same size, 2 dB further from the source (46 and 47 dB).
 */
export const MOVING_RATE_CONTROL = 'mbtree=1:rc-lookahead=5:b-adapt=0:subme=0:weightp=0:scenecut=0'
export const QUALITY = 20
/** Encoder threads. Fixed, since x264 makes other bytes with another number of them; two render processes lose 3 % with 4. */
export const THREADS = 2
/**
 * VP9's speed and quality. `realtime` at 7 takes a third of the time of `good` at 5 for a quarter more bytes, measured at
 * 1080p with alpha. `auto-alt-ref` must be off: frames that are not shown cannot have alpha.
 */
export const VP9 = {
  deadline: 'realtime',
  'cpu-used': 7,
  crf: 26,
  b: 0,
  'row-mt': 1,
  'auto-alt-ref': 0,
  'lag-in-frames': 0,
}
/**
 * ProRes 4444 with 16 bits of alpha, at a fixed quantiser of 2 (FFmpeg counts its lambda, 118 to one). At 1080p it takes
 * 100 ms of CPU a frame and 85 Mbit/s, 58 dB from the source; without the flag the encoder searches its own for three times
 * as long.
 */
export const PRORES = { profile: '4444', vendor: 'apl0', alpha_bits: 16, flags: '+qscale', global_quality: 2 * 118 }
/** At least one place to seek to in each two seconds. */
export const KEYFRAME_SECONDS = 2
/** Changes whenever the same frames may encode to other bytes: part of a segment's address. */
export const ENCODER_VERSION = `${JSON.stringify([VP9, PRORES])} x264-${PRESET}-${RATE_CONTROL}-${MOVING_RATE_CONTROL}-crf${QUALITY}-t${THREADS}-k${KEYFRAME_SECONDS}-1 node-av-${nodeAvVersion()}`

function nodeAvVersion(): string {
  const entry = createRequire(import.meta.url).resolve('node-av')
  const manifest = JSON.parse(readFileSync(new URL('../package.json', `file://${entry}`), 'utf8'))
  return String(manifest.version)
}
