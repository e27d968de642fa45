// rostrum dub: a film of a speaking person gets a new sound, and a mouth that speaks it.
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import { Fault } from '../../core/errors.ts'
import { PLAYBACKS, type Playback } from '../../core/footage.ts'
import { MOST_FOOTAGE, type SceneVoice, type VideoSpec } from '../../core/spec.ts'
import type { Workshop } from '../../services/open.ts'
import { inWorkshop } from './in-workshop.ts'
import { seconds } from './progress.ts'
import { readConfig } from './read-config.ts'
import { readScript } from './render.ts'

type Options = {
  audio?: string
  script?: string
  voice: string
  playback: Playback
  out: string
  cover?: string
  json?: boolean
}

/** Adds the command. */
export function addDub(program: Command): void {
  program
    .command('dub')
    .description('give a video of a speaking person a new sound and the mouth to it, without a server')
    .argument('<video>', 'MP4, MOV, WebM, MKV or AVI: one person, head and shoulders, from the front')
    .option('--audio <file>', 'the new sound: MP3, WAV, M4A, OGG, FLAC, WebM or the sound of a video')
    .option(
      '--script <text|@file>',
      'the words to be spoken, or with --audio those that are heard in it; @ and a file that holds them, or @-',
    )
    .option('--voice <id>', 'the voice that speaks them, or with --audio one of their language', 'flite-slt')
    .addOption(
      new Option('--playback <word>', 'what becomes of a video that is shorter than its new sound')
        .choices(PLAYBACKS)
        .default(PLAYBACKS[0]),
    )
    .option('--out <file>', 'where the video goes', 'dubbed.mp4')
    .option('--cover <file>', 'where a picture of it goes, as JPEG')
    .option('--json', 'print what was made as JSON')
    .addHelpText(
      'after',
      `
Examples:
  rostrum dub interview.mp4 --audio answer.mp3
  rostrum dub interview.mp4 --script "We are open on Sunday." --voice flite-rms`,
    )
    .action(dub)
}

async function dub(video: string, options: Options): Promise<void> {
  const startedAt = performance.now()
  await inWorkshop(readConfig(), async ({ workshop, signal, progress }) => {
    const spec: VideoSpec = {
      name: options.out,
      canvas: MOST_FOOTAGE,
      scenes: [
        {
          character: null,
          voice: await voiceOf(options, workshop),
          background: { kind: 'color', color: '#000000' },
        },
      ],
      footage: { source: { path: resolve(video) }, playback: options.playback },
      seed: 1,
    }
    const outPath = resolve(options.out)
    await mkdir(dirname(outPath), { recursive: true })
    const made = await workshop.produce(spec, {
      outPath,
      ...(options.cover === undefined ? {} : { coverPath: resolve(options.cover) }),
      signal,
      onProgress: ({ stage, percent }) => progress.show(percent / 100, stage),
    })
    progress.end()
    const tookSeconds = (performance.now() - startedAt) / 1000
    if (options.json) {
      const answer = { file: outPath, ...made, tookSeconds: Math.round(tookSeconds * 1000) / 1000 }
      process.stdout.write(`${JSON.stringify(answer)}\n`)
      return
    }
    for (const note of made.notes ?? []) process.stdout.write(`${note}\n`)
    const size = `${(made.byteCount / 1e6).toFixed(1)} MB`
    process.stdout.write(
      `${options.out}: ${seconds(made.durationSeconds * 1000)}, ${size}, made in ${seconds(tookSeconds * 1000)}\n`,
    )
  })
}

async function voiceOf({ audio, script, voice }: Options, { voices }: Workshop): Promise<SceneVoice> {
  if (audio === undefined && script === undefined) {
    throw new Fault('invalid', 'Nothing is to be heard. Give --audio a sound, or --script the words to be spoken.', {
      field: 'audio',
    })
  }
  const text = script === undefined ? null : await readScript(script)
  const voiceId = voices.find(voice, { gender: 'female' }).voice.id
  if (audio === undefined) return { kind: 'script', text: text ?? '', voiceId, settings: {} }
  const source = { path: resolve(audio) }
  return { kind: 'recording', source, ...(text === null ? {} : { transcript: { text, voiceId } }) }
}
