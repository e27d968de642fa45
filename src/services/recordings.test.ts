// Videos of recordings, made whole: as long as what is heard, with its sound in its place.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { VideoSpec } from '../core/spec.ts'
import { decodeSound } from '../engines/media/decode.ts'
import { probe } from '../engines/media/probe.ts'
import { writeSoundFile } from '../engines/media/test-sound.ts'
import { findVoice, speak } from '../engines/voices/index.ts'
import { silentLog } from './log.ts'
import { openWorkshop } from './open.ts'
import { rehearseVideo } from './task-rehearse.ts'
import { SMALL_SPEC, throwAwayConfig } from './test-kit.ts'

const TEXT = 'Papa may bring a map.'

test('a recording becomes a video as long as it is, with its sound and its captions', async (context) => {
  const config = await throwAwayConfig(context, { workers: 1 })
  const path = join(config.dataFolder, 'talk.mp3')
  const { samples } = await speak(TEXT, findVoice('flite-rms').voice)
  await writeSoundFile(path, samples, { rate: 48_000 })
  const recording = { kind: 'recording', source: { path }, transcript: { text: TEXT, voiceId: 'flite-slt' } } as const
  const spec: VideoSpec = {
    ...SMALL_SPEC,
    scenes: [{ ...SMALL_SPEC.scenes[0]!, voice: recording }],
    outputs: [
      { kind: 'video', format: 'mp4', captions: false },
      { kind: 'subtitles', format: 'srt' },
    ],
  }
  const workshop = await openWorkshop(config, { log: silentLog })
  const [outPath, subtitlePath] = [join(config.dataFolder, 'out.mp4'), join(config.dataFolder, 'out.srt')]
  try {
    await workshop.produce(spec, { outPath, otherPaths: [subtitlePath] })
  } finally {
    await workshop.close()
  }
  const frameCount = Math.ceil((samples.length / 48_000) * 25)
  assert.ok(Math.abs((await probe(outPath)).frameCount - frameCount) <= 1)
  const heard = await decodeSound(outPath)
  const loudestAt = (sound: Float32Array) => {
    const levels = Array.from({ length: Math.floor(sound.length / 480) }, (_, block) =>
      sound.subarray(block * 480, (block + 1) * 480).reduce((sum, sample) => sum + sample * sample, 0),
    )
    return levels.indexOf(levels.reduce((a, b) => Math.max(a, b)))
  }
  assert.ok(Math.abs(loudestAt(heard) - loudestAt(samples)) <= 2)
  assert.match(await readFile(subtitlePath, 'utf8'), /Papa may[\s\S]*bring[\s\S]*a map\./)

  const found = new Map([[0, { path, hash: 'x' }]])
  const signal = AbortSignal.timeout(60_000)
  const rehearsed = await rehearseVideo({ spec, media: new Map(), sounds: found }, { signal, report: () => {} })
  assert.deepEqual(rehearsed.frameCounts, [(await probe(outPath)).frameCount])
})
