// HeyGen's schema row by row: a request as a client sends it becomes a file, and each property shows in its pixels or sound.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { type DecodedFrame, decodeFrames, decodeSound } from '../src/engines/media/decode.ts'
import { openEncoder } from '../src/engines/media/encoder.ts'
import { writeWav } from '../src/engines/media/sound-only.ts'
import { findVoice, speak } from '../src/engines/voices/index.ts'
import { generateSchema, readHeygen } from '../src/faces/http/heygen/generate-request.ts'
import { toSpec } from '../src/faces/http/heygen/to-spec.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop, type Workshop } from '../src/services/open.ts'
import { rehearseVideo } from '../src/services/task-rehearse.ts'
import { makeDataFolder } from './kit.ts'

const [WIDTH, HEIGHT, FPS] = [320, 180, 25]
const AVATAR = { type: 'avatar', avatar_id: 'victor' }
const PHOTO = { type: 'talking_photo', talking_photo_id: 'victor' }
const SILENCE = { type: 'silence', duration: 1 }
const BLUE = { type: 'color', value: '#0000ff' }
const TEXT = { type: 'text', voice_id: 'flite-rms', input_text: 'We may be many.' }

/** Scenes by what they show. */
const ROWS = {
  own: { character: AVATAR, voice: SILENCE },
  plain: { character: AVATAR, voice: SILENCE, background: BLUE },
  closeUp: { character: { ...AVATAR, avatar_style: 'closeUp' }, voice: SILENCE, background: BLUE },
  half: { character: { ...AVATAR, scale: 0.5, offset: { x: 0.25, y: 0 } }, voice: SILENCE, background: BLUE },
  huge: { character: { ...AVATAR, scale: 5 }, voice: SILENCE, background: BLUE },
  nobody: { character: { ...AVATAR, scale: 0 }, voice: SILENCE, background: BLUE },
  matting: { character: { ...AVATAR, matting: true }, voice: SILENCE },
  circle: {
    character: {
      ...PHOTO,
      talking_photo_style: 'circle',
      scale: 0.5,
      offset: { x: -0.25, y: 0.1 },
      circle_background_color: '#ff0',
    },
    voice: SILENCE,
    background: BLUE,
  },
  square: { character: { ...PHOTO, talking_photo_style: 'square', scale: 0.5 }, voice: SILENCE, background: BLUE },
  spoken: { character: AVATAR, voice: TEXT, background: BLUE },
  lively: { character: { ...AVATAR, talking_style: 'expressive' }, voice: TEXT, background: BLUE },
  fast: { voice: { ...TEXT, speed: 1.5 }, background: BLUE },
  high: { voice: { ...TEXT, pitch: 50 }, background: BLUE },
  recording: { character: AVATAR, voice: { type: 'audio', audio_asset_id: 'talk.wav' }, background: BLUE },
  long: { voice: { type: 'silence', duration: 1.6 }, background: { type: 'color', value: '#f00' } },
  image: { voice: SILENCE, background: { type: 'image', image_asset_id: 'yellow.png', fit: 'contain' } },
  video: { voice: SILENCE, background: { type: 'video', video_asset_id: 'clip.mp4', play_style: 'once' } },
} as const
type Row = keyof typeof ROWS

let data: ReturnType<typeof makeDataFolder>
let workshop: Workshop
const scenes = new Map<Row, { readonly frames: readonly DecodedFrame[]; readonly sound: Float32Array }>()

before(async () => {
  data = makeDataFolder()
  workshop = await openWorkshop({ ...DEFAULT_CONFIG, dataFolder: data.path, workers: 1 }, { log: silentLog })
  const at = (name: string) => join(data.path, name)
  await sharp({ create: { width: 40, height: 40, channels: 3, background: '#ffff00' } })
    .png()
    .toFile(at('yellow.png'))
  const encoder = await openEncoder({ path: at('clip.mp4'), canvas: { width: 64, height: 36, fps: FPS } })
  for (let n = 0; n < 10; n++) {
    const chroma = new Uint8Array(32 * 18).fill(128)
    await encoder.encode({ y: new Uint8Array(64 * 36).fill(60 + 10 * n), u: chroma, v: chroma })
  }
  await encoder.close()
  const { samples } = await speak('Papa may bring Bob a map.', findVoice('flite-slt').voice)
  await writeWav([samples], samples.length, at('talk.wav'))

  // Always the same motion.
  const spec = { ...(await asSpec(Object.values(ROWS))).spec, seed: 1 }
  const sounds = new Map([[Object.keys(ROWS).indexOf('recording'), { path: at('talk.wav'), hash: '' }]])
  const rehearsal = { signal: new AbortController().signal, report: () => {} }
  const { frameCounts } = await rehearseVideo({ spec, media: new Map(), sounds }, rehearsal)
  const [outPath, ...otherPaths] = spec.outputs!.map((_, index) => at(index === 0 ? 'rows.mp4' : 'rows.gif'))
  await workshop.produce(spec, { outPath: outPath!, otherPaths })
  const frames: DecodedFrame[] = []
  for await (const frame of decodeFrames(outPath!)) frames.push(frame)
  const sound = await decodeSound(outPath!)
  let start = 0
  for (const [index, row] of Object.keys(ROWS).entries()) {
    const count = frameCounts[index]!
    const [from, to] = [start, start + count].map((frame) => (frame * 48_000) / FPS) as [number, number]
    scenes.set(row as Row, { frames: frames.slice(start, start + count), sound: sound.subarray(from, to) })
    start += count
  }
  assert.deepEqual([frames.length, sound.length], [start, (start * 48_000) / FPS])
})
after(async () => {
  await workshop?.close()
  data?.remove()
})

/** Scenes as the dialect translates them. An odd side is rounded down. */
function asSpec(scenes: readonly object[]) {
  const body = { video_inputs: scenes, dimension: { width: WIDTH + 1, height: HEIGHT } }
  return toSpec(readHeygen(generateSchema, body), {
    findAvatar: async (id) => ({ avatar: workshop.library.find(id), standsInFor: null }),
    findVoice: (id, hint) => workshop.voices.find(id, hint),
    findFile: async ({ assetId = '' }) => ({ path: join(data.path, assetId) }),
    maxScriptLength: 100,
  })
}

const framesOf = (row: Row) => scenes.get(row)!.frames
const firstOf = (row: Row) => framesOf(row)[0]!

/** What colour a place has, coarsely. */
function colour({ y, u, v, width }: DecodedFrame, x: number, row: number): string {
  const at = (row >> 1) * (width / 2) + (x >> 1)
  const near = (luma: number, blue: number, red: number) =>
    Math.abs(y[row * width + x]! - luma) < 8 && Math.abs(u[at]! - blue) < 8 && Math.abs(v[at]! - red) < 8
  if (near(32, 240, 118)) return 'blue'
  if (near(219, 16, 138)) return 'yellow'
  if (near(63, 102, 240)) return 'red'
  return near(228, 129, 128) ? 'paper' : 'other'
}

/** The box of all that is not blue. */
function seen(frame: DecodedFrame) {
  const box = { left: frame.width, top: frame.height, right: 0, bottom: 0 }
  for (let row = 0; row < frame.height; row += 2) {
    for (let x = 0; x < frame.width; x += 2) {
      if (colour(frame, x, row) === 'blue') continue
      box.left = Math.min(box.left, x)
      box.top = Math.min(box.top, row)
      box.right = Math.max(box.right, x)
      box.bottom = Math.max(box.bottom, row)
    }
  }
  return box
}

type Luma = Pick<DecodedFrame, 'y'>

/** Mean change of luma between frames of two scenes. */
function change(one: readonly Luma[], other: readonly Luma[]): number {
  let [sum, count] = [0, 0]
  for (const [index, { y }] of one.entries()) {
    for (const [at, value] of y.entries()) sum += Math.abs(value - (other[index]?.y[at] ?? value))
    count += y.length
  }
  return sum / count
}

const loudest = (sound: Float32Array) => sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

test('dimension: odd sides are rounded down; each scene has its exact frames', () => {
  assert.deepEqual([firstOf('own').width, firstOf('own').height], [WIDTH, HEIGHT])
  assert.equal(framesOf('own').length, FPS)
  assert.equal(framesOf('long').length, 40)
})

test('background: a colour is what stands behind, up to the first and the last frame of its scene', () => {
  for (const [row, wanted] of [
    ['nobody', 'blue'],
    ['long', 'red'],
  ] as const) {
    for (const frame of [firstOf(row), framesOf(row).at(-1)!]) assert.equal(colour(frame, 2, 2), wanted)
  }
})

test('no background: the avatar’s own; with matting the default colour', () => {
  assert.equal(colour(firstOf('own'), 4, 4), 'other')
  assert.equal(colour(firstOf('matting'), 4, 4), 'paper')
})

test('avatar_style closeUp: a larger head than normal', () => {
  const widthAt = (row: Row, share: number) => {
    const frame = firstOf(row)
    const line = 2 * Math.round((HEIGHT * share) / 2)
    return Array.from({ length: WIDTH / 2 }, (_, x) => colour(frame, x * 2, line)).filter((each) => each !== 'blue')
      .length
  }
  assert.ok(widthAt('closeUp', 0.4) > widthAt('plain', 0.4) * 1.2)
  assert.equal(colour(firstOf('closeUp'), 2, 2), 'blue')
})

test('scale and offset: half as large about the middle, then moved by a quarter of the width', () => {
  const [whole, half] = [seen(firstOf('plain')), seen(firstOf('half'))]
  const middle = ({ left, right }: ReturnType<typeof seen>) => (left + right) / 2
  assert.ok(Math.abs(middle(half) - middle(whole) - WIDTH / 4) < 6, `${middle(whole)} and ${middle(half)}`)
  assert.ok(Math.abs(half.top - (HEIGHT / 2 + (whole.top - HEIGHT / 2) / 2)) < 4, `${whole.top} and ${half.top}`)
  assert.ok(Math.abs((half.right - half.left) * 2 - (whole.right - whole.left)) < 12)
})

test('scale 5 fills the frame with the head; scale 0 shows nobody', () => {
  assert.equal(colour(firstOf('huge'), 160, 90), 'other')
  const filled = seen(firstOf('huge'))
  assert.ok(filled.bottom > HEIGHT - 4 && filled.right - filled.left > WIDTH * 0.9)
  assert.equal(seen(firstOf('nobody')).right, 0)
})

test('talking_photo_style circle: a disc of its own colour, as wide as half of the height, where its offset says', () => {
  // 90 pixels wide about (80, 108).
  const frame = firstOf('circle')
  assert.deepEqual(
    [
      [46, 90],
      [114, 90],
      [38, 66],
      [122, 66],
      [30, 108],
      [130, 108],
    ].map(([x, row]) => colour(frame, x!, row!)),
    ['yellow', 'yellow', 'blue', 'blue', 'blue', 'blue'],
  )
  assert.deepEqual(
    Object.values(seen(frame)).map((side) => 4 * Math.round(side / 4)),
    [36, 64, 124, 152],
  )
})

test('talking_photo_style square: the avatar’s own background within its edges', () => {
  const { left, top, right, bottom } = seen(firstOf('square'))
  for (const [side, wanted] of [
    [left, 115],
    [top, 45],
    [right, 205],
    [bottom, 135],
  ] as const) {
    assert.ok(Math.abs(side - wanted) <= 3, `${side} for ${wanted}`)
  }
})

test('expression happy: another mouth than the default one, and little else', async () => {
  // The same motion otherwise: one seed.
  const smiles = await Promise.all(
    ['default', 'happy'].map(async (expression, index) => {
      const { spec } = await asSpec([{ character: { ...AVATAR, expression }, voice: SILENCE, background: BLUE }])
      const outPath = join(data.path, `smile-${index}.mp4`)
      await workshop.produce({ ...spec, outputs: [spec.outputs![0]!], seed: 1 }, { outPath })
      const frames: DecodedFrame[] = []
      for await (const frame of decodeFrames(outPath)) frames.push(frame)
      return frames
    }),
  )
  const [usual, happy] = smiles as [DecodedFrame[], DecodedFrame[]]
  const rows = (from: number, to: number) => {
    const part = ({ y }: DecodedFrame) => ({ y: y.subarray(from * WIDTH, to * WIDTH) })
    return change(usual.map(part), happy.map(part))
  }
  // The mouth is at half of the height.
  assert.ok(rows(74, 106) > 0.3 && rows(74, 106) > rows(16, 40) * 2, `${rows(74, 106)} and ${rows(16, 40)}`)
})

test('talking_style expressive: the head moves more', () => {
  const motion = (row: Row) => change(framesOf(row).slice(5), framesOf(row))
  assert.ok(motion('lively') > motion('spoken') * 1.1, `${motion('lively')} and ${motion('spoken')}`)
})

test('voice text: heard, and seen in the face; speed and pitch change what is heard', () => {
  assert.ok(loudest(scenes.get('spoken')!.sound) > 0.2)
  assert.ok(
    change(framesOf('spoken').slice(1), framesOf('spoken')) > change(framesOf('plain').slice(1), framesOf('plain')),
  )
  const [usual, fast] = [framesOf('spoken').length, framesOf('fast').length]
  assert.ok(fast < usual * 0.8 && fast > usual * 0.55, `${usual} and ${fast} frames`)
  const crossings = ({ sound }: { sound: Float32Array }) =>
    sound.reduce((count, sample, at) => count + (at > 0 && sample >= 0 !== sound[at - 1]! >= 0 ? 1 : 0), 0) /
    sound.length
  assert.ok(crossings(scenes.get('high')!) > crossings(scenes.get('spoken')!) * 1.3)
})

test('voice audio: the recording is heard, as loud as speech, and the face speaks it', () => {
  const { sound, frames } = scenes.get('recording')!
  assert.ok(loudest(sound) > 0.2)
  assert.ok(change(frames.slice(1), frames) > change(framesOf('plain').slice(1), framesOf('plain')))
})

test('voice silence: nothing is heard for as long as asked, and who waits stays alive', () => {
  for (const row of ['own', 'closeUp', 'long', 'video'] as const) {
    // AAC rings for a few milliseconds beside what is heard.
    const { sound } = scenes.get(row)!
    assert.ok(loudest(sound.subarray(2400, sound.length - 2400)) < 0.001, row)
  }
  const moved = (row: Row) => change(framesOf(row).slice(-1), framesOf(row))
  // A picture in which nothing moves stays the very same.
  assert.ok(moved('long') < 0.001)
  for (const row of ['own', 'closeUp'] as const) assert.ok(moved(row) > 0.005, `${row}: ${moved(row)}`)
})

test('background image: contained, with the default colour beside it', () => {
  const frame = firstOf('image')
  assert.deepEqual(
    [
      [160, 4],
      [160, 174],
      [74, 90],
      [246, 90],
      [64, 90],
      [256, 90],
    ].map(([x, row]) => colour(frame, x!, row!)),
    ['yellow', 'yellow', 'yellow', 'yellow', 'paper', 'paper'],
  )
})

test('background video: its pictures at their times, muted, and the default colour once it is over', () => {
  const at = (frame: number) => framesOf('video')[frame]!
  for (const frame of [0, 5, 9]) assert.ok(Math.abs(at(frame).y[90 * WIDTH + 160]! - (60 + 10 * frame)) < 4)
  assert.deepEqual([colour(at(10), 160, 90), colour(at(24), 160, 90)], ['paper', 'paper'])
})
