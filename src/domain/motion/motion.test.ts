// How a face moves while it speaks and while it does not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FaceTrack, HEAD_CHANNEL_COUNT, HEAD_CHANNELS, type HeadChannel } from '../../core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX, type Shape } from '../../core/shapes.ts'
import { EXPRESSIONS, type Manner, MOODS, TALKING_STYLES } from '../../core/spec.ts'
import { measureBlinks } from '../life/blink-figures.ts'
import { planFace } from '../plan-face.ts'
import { speechOf } from '../speech-fixture.ts'
import { planBlinks } from './blinks.ts'
import { findEmphases } from './emphasis.ts'
import { findPhrases } from './phrases.ts'
import { pitchAt } from './pitch.ts'

const FPS = 25
const PHRASE = '_:400 m:80 ˈa:150 p:90 o:140 | t:80 ˈi:180! s:120 | k:70 ˈa:200 n:90 d:60'
const long = (count: number): string => Array.from({ length: count }, () => PHRASE).join(' ')

type Wanted = { seed?: number; manner?: Manner; texts?: readonly string[]; script?: string | null }

function face(notation: string, { seed = 3, manner, texts, script = null }: Wanted = {}): FaceTrack {
  const speech = speechOf(notation, texts)
  return planFace({ speech, script, frameCount: framesOf(speech), fps: FPS, seed, manner })
}

const framesOf = (speech: { samples: Float32Array }): number => Math.ceil((speech.samples.length / 48000) * FPS)

function shape(track: FaceTrack, name: Shape): number[] {
  const count = track.shapes.length / SHAPE_COUNT
  return Array.from({ length: count }, (_, frame) => track.shapes[frame * SHAPE_COUNT + SHAPE_INDEX[name]]!)
}

function degrees(track: FaceTrack, channel: HeadChannel): number[] {
  const count = track.head.length / HEAD_CHANNEL_COUNT
  const at = HEAD_CHANNELS.indexOf(channel)
  return Array.from({ length: count }, (_, frame) => (track.head[frame * HEAD_CHANNEL_COUNT + at]! * 180) / Math.PI)
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)

const everyManner: readonly Manner[] = EXPRESSIONS.flatMap((expression) =>
  TALKING_STYLES.flatMap((talkingStyle) => [
    { expression, talkingStyle },
    ...MOODS.map((mood) => ({ expression, talkingStyle, mood })),
  ]),
)

test('a face blinks 8 to 25 times a minute, and no interval is like one of the two dozen before', () => {
  for (let seed = 1; seed < 150; seed++) {
    const moments = Array.from({ length: 90 }, (_, i) => i * 2.7 + (seed % 7) * 0.3)
    for (const rate of [0.85, 1, 1.15]) {
      const blinks = planBlinks(seed, 240, seed % 2 ? moments : [], rate)
      assert.ok(blinks.length >= 32 && blinks.length <= 100, `${blinks.length} in four minutes, seed ${seed}`)
      const shut = blinks.map(({ seconds, closing }) => seconds + closing)
      for (const fps of [24, 25, 30, 50, 60]) {
        const frames = shut.map((seconds) => Math.floor(seconds * fps))
        const gaps = frames.slice(1).map((frame, i) => frame - frames[i]!)
        for (const [i, gap] of gaps.entries()) {
          const near = gaps.slice(Math.max(0, i - 24), i)
          const isNew = near.every((other) => Math.abs(other - gap) >= 2)
          assert.ok(isNew, `interval of ${gap} frames again, seed ${seed}, ${fps} frames a second`)
        }
      }
    }
  }
})

test('lids shut where a blink is planned, and the measure of finished videos finds each interval once', () => {
  for (const [seed, fps] of [24, 25, 30, 50, 60].entries()) {
    const speech = speechOf(long(36))
    const frameCount = Math.ceil((speech.samples.length / 48000) * fps)
    const lids = shape(planFace({ speech, script: null, frameCount, fps, seed }), 'blinkLeft').map((lid) => 1 - lid)
    const { perMinute, intervals, intervalsAgain } = measureBlinks(lids, fps)
    assert.ok(perMinute >= 8 && perMinute <= 25 && intervals.length > 8, `${perMinute} a minute`)
    assert.equal(intervalsAgain, 0, `seed ${seed}, ${fps} frames a second: ${intervals}`)
  }
})

test('lids close in about 80 ms and open in about 160, and now and then twice in a row', () => {
  const blinks = planBlinks(5, 600, [])
  assert.ok(blinks.every(({ closing, opening }) => closing >= 0.07 && closing <= 0.12 && opening >= closing * 1.3))
  const double = blinks.filter((blink, i) => i > 0 && blink.seconds - blinks[i - 1]!.seconds < 1)
  assert.ok(double.length >= 3 && double.length < blinks.length / 5, `${double.length} doubles`)
})

test('an edit later in a script changes no blink before it', () => {
  const before = planBlinks(9, 60, [10, 20, 30, 40])
  const after = planBlinks(9, 60, [10, 20, 30, 35, 47])
  assert.deepEqual(
    before.filter(({ seconds }) => seconds < 28),
    after.filter(({ seconds }) => seconds < 28),
  )
})

test('blinks fall where speech pauses', () => {
  let inPauses = 0
  let all = 0
  for (let seed = 0; seed < 20; seed++) {
    const blinks = planBlinks(
      seed,
      60,
      Array.from({ length: 30 }, (_, i) => i * 2.2),
    )
    all += blinks.length
    inPauses += blinks.filter(({ seconds }) => seconds % 2.2 < 0.2).length
  }
  assert.ok(inPauses > all * 0.5, `${inPauses} of ${all}`)
})

for (const manner of everyManner) {
  test(`the head moves all the time and without a step: ${Object.values(manner).join(', ')}`, () => {
    const track = face(long(22), { manner })
    for (const channel of ['yaw', 'pitch', 'roll'] as const) {
      const all = degrees(track, channel)
      assert.ok(range(all) > 1.5, `${channel} moves by ${range(all)}`)
      assert.ok(all.every((value) => Math.abs(value) < 12))
      for (let frame = 3; frame < all.length; frame++) {
        const jerk = all[frame]! - 3 * all[frame - 1]! + 3 * all[frame - 2]! - all[frame - 3]!
        assert.ok(Math.abs(jerk) < 0.35, `third difference ${jerk} of ${channel} at frame ${frame}`)
      }
      const second = all.slice(50).filter((value, i) => Math.abs(value - all[i]!) < 1e-3)
      assert.ok(second.length < all.length / 20, 'the head stands still')
    }
  })

  test(`every weight stays between 0 and 1: ${Object.values(manner).join(', ')}`, () => {
    const { shapes } = face(long(6), { manner })
    for (const [at, weight] of shapes.entries()) {
      const isSigned = [SHAPE_INDEX.gazeX, SHAPE_INDEX.gazeY].includes(at % SHAPE_COUNT)
      assert.ok(weight >= (isSigned ? -1 : 0) && weight <= 1, `${weight} at ${at}`)
    }
  })
}

test('an expressive head moves further than a stable one, a soothing one less than an excited one', () => {
  const travel = (manner: Manner): number => {
    const pitch = degrees(face(long(20), { manner }), 'pitch')
    return mean(pitch.slice(1).map((value, i) => Math.abs(value - pitch[i]!)))
  }
  assert.ok(travel({ talkingStyle: 'expressive' }) > travel({ talkingStyle: 'stable' }) * 1.35)
  assert.ok(travel({ mood: 'excited' }) > travel({ mood: 'soothing' }) * 1.5)
})

test('happy smiles, serious does not, and rounded lips keep only a trace of a smile', () => {
  const smile = (manner: Manner): number => mean(shape(face(long(4), { manner }), 'smile'))
  assert.ok(smile({ expression: 'happy' }) > 0.25)
  assert.ok(smile({ mood: 'serious' }) < 0.02)
  const rounded = shape(face('_:300 u:600 _:300', { manner: { expression: 'happy' } }), 'smile')
  assert.ok(rounded[15]! < rounded[1]! * 0.6)
})

test('head and brows follow the stressed words', () => {
  const speech = speechOf(long(12))
  const emphases = findEmphases(speech, findPhrases(speech, null))
  assert.ok(emphases.length >= 10, `${emphases.length} emphases`)
  const moves = { near: 0, far: 0 }
  for (let seed = 0; seed < 12; seed++) {
    const pitch = degrees(face(long(12), { seed, manner: { talkingStyle: 'expressive' } }), 'pitch')
    const speedAt = (seconds: number): number => {
      const frame = Math.floor(seconds * FPS)
      return Math.abs((pitch[frame + 1] ?? 0) - (pitch[frame] ?? 0))
    }
    // Before its turning point a nod is at its quickest, at the turning point it stands.
    for (const { seconds } of emphases) {
      moves.near += speedAt(seconds - 0.17)
      moves.far += speedAt(seconds - 0.01)
    }
  }
  assert.ok(moves.near > moves.far * 1.5, JSON.stringify(moves))
})

test('function words and weak syllables get no gesture, denials do', () => {
  const notation = '_:300 n:70 ˈɒ:140 t:60 | ð:50 ˈə:60 | b:70 a:400 | b:70 ˈɪ:110 ɡ:60 | ð:60 ˈɛ:90 _:300'
  const speech = speechOf(notation, ['not', 'the', 'weary', 'big', 'there.'])
  const emphases = findEmphases(speech, findPhrases(speech, 'not the weary big there.'))
  assert.ok(emphases.length >= 1 && emphases.length <= 2)
  assert.ok(emphases.every(({ seconds }) => seconds < 1.35))
  assert.ok(emphases.some(({ denies }) => denies))
})

test('phrases end at marks and silences, and sentences know how they end', () => {
  const texts = ['Well,', 'what', 'now?', 'Go!', 'He', 'went.']
  const notation = '_:100 w:80 ɛ:90 | w:80 ɔ:90 | n:80 aʊ:90 | ɡ:80 oʊ:90 | h:60 i:80 _:250 w:80 ɛ:90 _:200'
  const phrases = findPhrases(speechOf(notation, texts), texts.join(' '))
  assert.deepEqual(
    phrases.map(({ end, opens, lastWord }) => [end, opens, lastWord]),
    [
      ['comma', true, 0],
      ['question', false, 2],
      ['exclamation', true, 3],
      ['comma', true, 4],
      ['statement', false, 5],
    ],
  )
})

test('a question lifts the brows and tilts the head at its end', () => {
  const texts = ['word', 'word', 'word?']
  const notation = '_:300 m:80 a:250 | p:90 o:340 | k:70 ˈa:300 n:190 _:900'
  const asked = face(notation, { texts, script: texts.join(' ') })
  const told = face(notation, { texts, script: 'word word word.' })
  const atEnd = (values: readonly number[]): number => Math.max(...values.slice(36, 42))
  assert.ok(atEnd(shape(asked, 'browsUp')) > atEnd(shape(told, 'browsUp')) + 0.2)
  assert.ok(mean(degrees(asked, 'pitch').slice(44, 50)) < mean(degrees(told, 'pitch').slice(44, 50)) - 0.8)
})

test('a breath is taken before a sentence: shoulders rise, and the lips part only just before it', () => {
  const track = face('_:1000 m:80 ˈa:200 n:100 t:200 a:150 _:900 h:80 ˈa:150 n:200 _:500')
  const breath = shape(track, 'breath')
  assert.ok(breath[25]! > breath[12]! + 0.25)
  const second = 2.63
  const parted = shape(track, 'lipsPart')
  const opens = (seconds: number): number => parted[Math.floor(seconds * FPS)]!
  assert.ok(opens(second - 0.05) > 0.15)
  assert.equal(opens(second - 0.25), 0)
})

test('lips rest in silence while the rest of the face lives on', () => {
  const track = face('_:400 m:80 ˈa:200 _:4000 m:80 ˈa:200 _:1000')
  const quiet = (name: Shape): number[] => shape(track, name).slice(25, 108)
  for (const name of ['jawOpen', 'lipsPart', 'lipsRound', 'lipsWide', 'mouthClose', 'lipsPress'] as const) {
    assert.equal(Math.max(...quiet(name)), 0, name)
  }
  for (const name of ['gazeX', 'browsUp', 'breath', 'blinkLeft'] as const) assert.ok(range(quiet(name)) > 0.03, name)
})

test('the eyes are at the viewer when a sentence begins, and sometimes aside before it', () => {
  const gazes = { start: 0, before: 0 }
  for (let seed = 0; seed < 20; seed++) {
    const track = face(long(10), { seed })
    const yaw = degrees(track, 'yaw')
    const gaze = shape(track, 'gazeX').map((x, frame) => Math.abs(x + (yaw[frame]! * Math.PI) / 180 / 0.262))
    for (let index = 1; index < 10; index++) {
      const start = index * 1.66 + 0.4
      gazes.start += gaze[Math.floor((start + 0.2) * FPS)]!
      gazes.before += gaze[Math.floor((start - 0.15) * FPS)]!
    }
  }
  assert.ok(gazes.start < gazes.before * 0.5, JSON.stringify(gazes))
})

test('no stretch of motion comes twice', () => {
  const yaw = degrees(face(long(40)), 'yaw')
  const size = 50
  for (let a = 0; a + size * 2 < yaw.length; a += 25) {
    for (let b = a + size; b + size < yaw.length; b += 7) {
      const apart = mean(Array.from({ length: size }, (_, i) => Math.abs(yaw[a + i]! - yaw[b + i]!)))
      assert.ok(apart > 0.02, `frames ${a} and ${b} begin the same two seconds`)
    }
  }
})

test('pitch is heard in hertz, and noise has none', () => {
  for (const hertz of [90, 120, 210, 330]) {
    const voice = Float32Array.from({ length: 9600 }, (_, i) => {
      const phase = (2 * Math.PI * hertz * i) / 48000
      return 0.3 * Math.sin(phase) + 0.2 * Math.sin(2 * phase) + 0.1 * Math.sin(3 * phase)
    })
    const found = pitchAt(voice, 0.1)
    assert.ok(found !== null && Math.abs(found / hertz - 1) < 0.05, `${found} for ${hertz}`)
  }
  let state = 1
  const noise = Float32Array.from({ length: 9600 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  })
  assert.equal(pitchAt(noise, 0.1), null)
})
