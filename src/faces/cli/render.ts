// rostrum render: a script or a recording becomes an MP4 without any server.
import { mkdir, readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import {
  CAPTION_FORMATS,
  CAPTION_POSITIONS,
  CAPTION_STYLES,
  type CaptionPosition,
  type CaptionStyle,
} from '../../core/captions.ts'
import { Fault } from '../../core/errors.ts'
import type { Speaker } from '../../core/library.ts'
import { extensionOf, type Output, outputOfName, SOUND_FORMATS, VIDEO_FORMATS } from '../../core/output.ts'
import {
  ASPECT_RATIOS,
  type AspectRatio,
  type Background,
  CORNERS,
  type Corner,
  DEFAULT_FPS,
  EXPRESSIONS,
  type Expression,
  FITS,
  type Fit,
  FRAME_RATES,
  FRAMINGS,
  type Framing,
  type Manner,
  type MediaSource,
  MOODS,
  type Mood,
  MUSIC_VOLUME,
  PLAY_STYLES,
  type PlayStyle,
  type SceneVoice,
  type Stance,
  TALKING_STYLES,
  type TalkingStyle,
  type VideoSpec,
  WATERMARK,
} from '../../core/spec.ts'
import { areasOf, SCENE_LAYOUTS, type SceneLayout } from '../../domain/scene-layouts.ts'
import { mediaTypeOfName } from '../../services/media-type.ts'
import type { Workshop } from '../../services/open.ts'
import type { RunOptions } from '../../services/render-pool.ts'
import { inWorkshop } from './in-workshop.ts'
import { seconds } from './progress.ts'
import { readConfig } from './read-config.ts'

type Options = {
  avatar: string
  voice?: string
  script?: string
  audio?: string
  aspect: AspectRatio
  speed?: string
  seed?: string
  expression: Expression
  style: TalkingStyle
  mood?: Mood
  framing: Framing
  background?: BackgroundFile
  fit: Fit
  play: PlayStyle
  window?: 'circle' | 'square'
  windowColor?: string
  layout?: SceneLayout
  music?: string
  musicVolume: string
  watermark?: string
  watermarkCorner: Corner
  watermarkSize: string
  watermarkOpacity: string
  fps: string
  out: string
  cover?: string
  captions?: CaptionStyle | true
  captionPosition: CaptionPosition
  subtitles?: string
  also: string[]
  json?: boolean
}

/** Adds the command. */
export function addRender(program: Command): void {
  program
    .command('render')
    .description('make one video, without a server')
    .requiredOption(
      '--avatar <id|file>',
      'an avatar by id or number, see rostrum avatars, or a portrait: JPEG, PNG, WebP, AVIF, HEIC, or a video',
    )
    .option('--script <text|@file>', 'the words, or @ and a file that holds them, or @- for standard input')
    .option(
      '--audio <file|url>',
      'a recording that the avatar speaks; --script then says what is heard in it, if known',
    )
    .option('--voice <id>', "a voice, see rostrum voices (default: the avatar's own)")
    .addOption(
      new Option('--aspect <ratio>', 'the shape of the frame').choices(Object.keys(ASPECT_RATIOS)).default('portrait'),
    )
    .option('--speed <factor>', 'how fast to speak, 0.5 to 1.5')
    .option('--seed <number>', 'seeds the motion: the same seed moves the same way')
    .addOption(new Option('--expression <word>', 'what the face wears').choices(EXPRESSIONS).default(EXPRESSIONS[0]))
    .addOption(
      new Option('--style <word>', 'how much head and brows move').choices(TALKING_STYLES).default(TALKING_STYLES[0]),
    )
    .addOption(new Option('--mood <word>', 'what the words are meant to feel like').choices(MOODS))
    .addOption(new Option('--framing <word>', 'how near the avatar is').choices(FRAMINGS).default(FRAMINGS[0]))
    .option(
      '--background <color|file>',
      "a colour such as #00b140, a picture, or a video (default: the avatar's own background)",
      readBackground,
    )
    .addOption(new Option('--fit <word>', 'how a picture or video meets the frame').choices(FITS).default(FITS[0]))
    .addOption(
      new Option('--play <style>', 'how a video behind is played').choices(PLAY_STYLES).default(PLAY_STYLES[0]),
    )
    .addOption(new Option('--window <shape>', 'see the avatar through it').choices(['circle', 'square']))
    .option('--window-color <color>', 'what stands behind the avatar in the window (default: its own background)')
    .addOption(
      new Option('--layout <word>', 'show the avatar in a part of the frame, a picture or video in the rest').choices(
        SCENE_LAYOUTS,
      ),
    )
    .option('--music <file|url>', 'music under the whole video; it steps back under speech')
    .option('--music-volume <number>', 'its level in pauses, 0 to 1', String(MUSIC_VOLUME))
    .option('--watermark <file|url>', 'a picture over the whole video, such as a logo')
    .addOption(new Option('--watermark-corner <place>', 'where it stands').choices(CORNERS).default(WATERMARK.corner))
    .option('--watermark-size <number>', "its longer side against the frame's shorter one", String(WATERMARK.size))
    .option('--watermark-opacity <number>', '0.05 to 1', String(WATERMARK.opacity))
    .addOption(
      new Option('--fps <number>', 'frames a second').choices(FRAME_RATES.map(String)).default(String(DEFAULT_FPS)),
    )
    .option('--out <file>', 'where the video goes', 'out.mp4')
    .option('--cover <file>', 'where a picture of it goes, as JPEG')
    .addOption(new Option('--captions [style]', 'paint captions into the picture').choices(CAPTION_STYLES))
    .addOption(
      new Option('--caption-position <place>', 'where captions stand')
        .choices(CAPTION_POSITIONS)
        .default(CAPTION_POSITIONS[0]),
    )
    .option('--subtitles <file>', 'where the captions go as a file: .srt, .vtt or .ass')
    .option(
      '--also <file...>',
      'more files of it, known by their endings: .srt, .vtt, .ass, .gif, .m4a, .mp3, .wav, .mp4, .webm, .mov; with @portrait, @landscape or @square after it, a video of that shape, captioned like the first',
      [],
    )
    .option('--json', 'print what was made as JSON')
    .addHelpText(
      'after',
      `
Examples:
  rostrum render --avatar nora --script "Hello, and welcome."
  rostrum render --avatar portrait.jpg --script @talk.txt
  rostrum render --avatar ken --audio talk.mp3 --captions --script @talk.txt
  rostrum render --avatar 127 --voice en-US-ChristopherNeural --script @talk.txt --aspect landscape --out talk.mp4`,
    )
    .action(render)
}

async function render(options: Options): Promise<void> {
  const startedAt = performance.now()
  const config = readConfig()
  const script = options.script === undefined ? null : await readScript(options.script)
  if (script === null && options.audio === undefined) {
    throw new Fault('invalid', 'Nothing is to be said. Give --script the words, or --audio a recording.', {
      field: 'script',
    })
  }
  const length = [...(script ?? '')].length
  if (length > config.maxScriptLength) {
    throw new Fault(
      'invalid',
      `--script has ${length} characters, more than the ${config.maxScriptLength} that ROSTRUM_MAX_SCRIPT allows.`,
      { field: 'script' },
    )
  }
  const outputs = [
    readOutput('--out', options.out, options.captions !== undefined, VIDEO_FORMATS),
    ...(options.subtitles === undefined ? [] : [readOutput('--subtitles', options.subtitles, false, CAPTION_FORMATS)]),
    ...options.also.map((name) => readOther(name, options.captions !== undefined)),
  ]
  const otherPaths = [
    ...(options.subtitles === undefined ? [] : [options.subtitles]),
    ...options.also.map((name) => name.replace(SHAPED, '')),
  ]
  const speed = options.speed === undefined ? undefined : numberIn('--speed', options.speed, 0.5, 1.5)
  const seed = options.seed === undefined ? 1 : numberIn('--seed', options.seed, 0, 2 ** 32 - 1)

  const extras = extrasOf(options)

  await inWorkshop(config, async ({ workshop, signal, progress }) => {
    const avatar = await findAvatar(workshop, options.avatar, {
      signal,
      onProgress: (share) => progress.show(share, 'reading the picture'),
    })
    const { voice, standsInFor } = workshop.voices.find(options.voice ?? avatar.voiceId, { gender: avatar.gender })
    const spec: VideoSpec = {
      name: options.out,
      canvas: { ...ASPECT_RATIOS[options.aspect], fps: Number(options.fps) },
      scenes: [
        {
          character: {
            kind: 'avatar',
            avatarId: avatar.id,
            manner: mannerOf(options),
            stance: stanceOf(options),
          },
          voice: voiceOf(script, options.audio, voice.id, speed),
          background: backgroundOf(options),
        },
      ],
      ...captionsOf(options),
      ...extras,
      outputs,
      seed,
    }
    const outPath = resolve(options.out)
    await mkdir(dirname(outPath), { recursive: true })
    const made = await workshop.produce(spec, {
      outPath,
      ...(options.cover === undefined ? {} : { coverPath: resolve(options.cover) }),
      otherPaths: otherPaths.map((path) => resolve(path)),
      signal,
      onProgress: ({ stage, percent }) => progress.show(percent / 100, stage),
    })
    progress.end()
    const tookSeconds = (performance.now() - startedAt) / 1000
    if (options.json) {
      const answer = {
        file: outPath,
        ...made,
        tookSeconds: Math.round(tookSeconds * 1000) / 1000,
        avatar: avatar.id,
        voice: voice.id,
        standsInFor,
      }
      process.stdout.write(`${JSON.stringify(answer)}\n`)
      return
    }
    if (standsInFor !== null) process.stdout.write(`The voice ${voice.id} stands in for ${standsInFor}.\n`)
    for (const note of made.notes ?? []) process.stdout.write(`${note}\n`)
    const size = `${(made.byteCount / 1e6).toFixed(1)} MB`
    process.stdout.write(
      `${options.out}: ${seconds(made.durationSeconds * 1000)} of ${avatar.name}, ${size}, made in ${seconds(tookSeconds * 1000)}\n`,
    )
  })
}

/** A recording is heard as it is; its words only say what is in it. */
function voiceOf(script: string | null, audio: string | undefined, voiceId: string, speed?: number): SceneVoice {
  if (audio === undefined) {
    return { kind: 'script', text: script ?? '', voiceId, settings: speed === undefined ? {} : { speed } }
  }
  if (speed !== undefined) {
    throw new Fault('invalid', '--speed cannot change a recording. Leave it out.', { field: 'speed' })
  }
  const source = sourceOf(audio)
  return { kind: 'recording', source, ...(script === null ? {} : { transcript: { text: script, voiceId } }) }
}

const sourceOf = (given: string): MediaSource =>
  /^https?:\/\//i.test(given) ? { url: given } : { path: resolve(given) }

function extrasOf(options: Options): Pick<VideoSpec, 'music' | 'watermark'> {
  const volume = numberIn('--music-volume', options.musicVolume, 0, 1)
  const size = numberIn('--watermark-size', options.watermarkSize, 0.02, 1)
  const opacity = numberIn('--watermark-opacity', options.watermarkOpacity, 0.05, 1)
  const { music, watermark, watermarkCorner: corner } = options
  return {
    ...(music === undefined ? {} : { music: { source: sourceOf(music), volume } }),
    ...(watermark === undefined ? {} : { watermark: { source: sourceOf(watermark), corner, size, opacity } }),
  }
}

function captionsOf({ captions, captionPosition: position }: Options): Pick<VideoSpec, 'captions'> {
  if (captions === undefined) return {}
  return { captions: { position, ...(captions === true ? {} : { style: captions }) } }
}

/** The output that a file's name asks for. @param endings those that will do; absent: all. */
function readOutput(option: string, name: string, captions: boolean, endings?: readonly string[]): Output {
  const output = outputOfName(name, captions)
  if (output && (!endings || endings.includes(extensionOf(output)))) return output
  const all = endings ?? [...VIDEO_FORMATS, ...SOUND_FORMATS, ...CAPTION_FORMATS, 'gif']
  throw new Fault('invalid', `${option} ${name} cannot be written: its name ends with none of .${all.join(', .')}.`, {
    field: option.slice(2),
  })
}

/** A second video is the one without captions, or of another shape. */
function readOther(given: string, captions: boolean): Output {
  const shape = SHAPED.exec(given)?.[1] as AspectRatio | undefined
  const output = readOutput('--also', given.replace(SHAPED, ''), shape !== undefined && captions)
  if (shape === undefined) return output
  if (output.kind === 'video') return { ...output, size: ASPECT_RATIOS[shape] }
  throw new Fault('invalid', `--also ${given} cannot be written: only videos have a shape.`, { field: 'also' })
}

const SHAPED = /@(portrait|landscape|square)$/

/** What `--background` names: a colour or a file. */
type BackgroundFile = { readonly color: string } | { readonly path: string; readonly isVideo: boolean }

function windowOf({ window: shape, windowColor: color }: Options): Pick<Stance, 'window'> {
  if (shape === undefined) return {}
  if (color === undefined) return { window: { shape } }
  const read = readBackground(color)
  if (!('color' in read)) {
    throw new Fault('invalid', `--window-color ${color} cannot be used. Give it a colour such as #00b140.`, {
      field: 'window-color',
    })
  }
  return { window: { shape, color: read.color } }
}

function stanceOf(options: Options): Stance {
  const { framing, layout } = options
  const stance = { framing, ...windowOf(options) }
  if (layout === undefined || stance.window) return stance
  return { ...stance, window: { shape: 'rectangle', area: areasOf(layout).character } }
}

function backgroundOf({ background, fit, play: playStyle, layout }: Options): Background {
  if (background === undefined) return layout === undefined ? { kind: 'own' } : { kind: 'color', color: '#000000' }
  if ('color' in background) return { kind: 'color', color: background.color }
  const { path, isVideo } = background
  const area = layout === undefined ? null : areasOf(layout).background
  const common = { source: { path }, fit, color: '#000000', ...(area ? { area } : {}) }
  return isVideo ? { kind: 'video', ...common, playStyle } : { kind: 'picture', ...common }
}

/** A colour, or a picture or video file. */
function readBackground(given: string): BackgroundFile {
  if (/^#[0-9a-f]{6}$/i.test(given)) return { color: given }
  if (given.startsWith('#')) {
    throw new Fault(
      'invalid',
      `--background ${given} cannot be used. Give it a colour such as #00b140, a picture or a video.`,
      {
        field: 'background',
      },
    )
  }
  return { path: resolve(given), isVideo: mediaTypeOfName(given)?.kind === 'video' }
}

function mannerOf({ expression, style, mood }: Options): Manner {
  return { expression, talkingStyle: style, ...(mood === undefined ? {} : { mood }) }
}

/** Ids hold neither dots nor slashes: what does is the path of a picture. */
async function findAvatar({ library, photos }: Workshop, given: string, options: RunOptions): Promise<Speaker> {
  if (!/[./\\]/.test(given)) return library.find(given)
  const bytes = await readFile(given).catch((cause) => {
    throw new Fault('not-found', `--avatar: the picture ${given} cannot be read.`, { cause })
  })
  return photos.add(bytes, { ...options, name: basename(given) })
}

/** The words of an option: as they stand, from a file after an @, or from standard input. */
export async function readScript(given: string): Promise<string> {
  const script = (given.startsWith('@') ? await readText(given.slice(1)) : given).trim()
  if (script === '')
    throw new Fault('invalid', '--script is empty. Give it the words to be spoken, or @ and a file that holds them.', {
      field: 'script',
    })
  return script
}

async function readText(path: string): Promise<string> {
  if (path === '-') {
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString('utf8')
  }
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new Fault('not-found', `The script file ${path} cannot be read: ${(cause as Error).message}`, {
      cause,
      field: 'script',
    })
  }
}

function numberIn(name: string, given: string, from: number, to: number): number {
  const value = Number(given)
  if (given.trim() === '' || !(value >= from && value <= to)) {
    throw new Fault('invalid', `${name} ${given} cannot be used. Give it a number from ${from} to ${to}.`, {
      field: name,
    })
  }
  return value
}
