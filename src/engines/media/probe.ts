// What is in a video file: its format, its lengths and what was written into it.
import { open } from 'node:fs/promises'
import {
  AV_NOPTS_VALUE,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_JPEG,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants'
import { avGetCodecName, avGetPixFmtName, Codec, Packet, type Stream } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { openMedia, streamOf, ticksToSeconds } from './ffmpeg.ts'

/** The facts of a video file. */
export type MediaFacts = {
  readonly width: number
  readonly height: number
  /** Frames a second, on average. */
  readonly fps: number
  readonly frameCount: number
  /** Of the picture. */
  readonly durationSeconds: number
  /** When the first frame is shown. */
  readonly startSeconds: number
  /** As FFmpeg names it: `h264`. */
  readonly videoCodec: string
  readonly profile: string
  readonly pixelFormat: string
  /** `bt709`, `unknown`, or `code 9` with the number of ITU-T H.273; range `tv` is limited, `pc` is full. */
  readonly colour: {
    readonly primaries: string
    readonly transfer: string
    readonly matrix: string
    readonly range: string
  }
  readonly audio: {
    readonly codec: string
    readonly sampleRate: number
    readonly channels: number
    readonly durationSeconds: number
    readonly startSeconds: number
  } | null
  /** True where an MP4's index stands before its media, so that it plays while it loads. */
  readonly faststart: boolean
  /** True where every frame is shown for the same time. */
  readonly isConstantFrameRate: boolean
}

/**
 * Reads the facts of a video file without decoding it.
 * @throws Fault `not-found` where there is no such file, `invalid` where it holds no picture.
 */
export async function probe(path: string): Promise<MediaFacts> {
  await using input = await openMedia(path)
  const video = streamOf(input, AVMEDIA_TYPE_VIDEO)
  if (!video) throw new Fault('invalid', `${path} holds no picture.`)
  const audio = streamOf(input, AVMEDIA_TYPE_AUDIO)
  const times: bigint[] = []
  const ends = new Map<number, bigint>()
  using packet = new Packet()
  packet.alloc()
  while ((await input.readFrame(packet)) >= 0) {
    if (packet.streamIndex === video.index) times.push(packet.pts)
    const end = packet.pts + packet.duration
    if (end > (ends.get(packet.streamIndex) ?? 0n)) ends.set(packet.streamIndex, end)
    packet.unref()
  }
  times.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const step = times.length > 1 ? times[1]! - times[0]! : 0n
  const par = video.codecpar
  return {
    width: par.width,
    height: par.height,
    fps: video.avgFrameRate.num / Math.max(1, video.avgFrameRate.den),
    frameCount: times.length,
    durationSeconds: lengthOf(video, ends),
    startSeconds: ticksToSeconds(times[0] ?? 0n, video.timeBase),
    videoCodec: avGetCodecName(par.codecId) ?? 'unknown',
    profile: profileOf(video),
    pixelFormat: avGetPixFmtName(par.format as Parameters<typeof avGetPixFmtName>[0]) ?? 'unknown',
    colour: {
      primaries: par.colorPrimaries === AVCOL_PRI_BT709 ? 'bt709' : otherCode(par.colorPrimaries),
      transfer: par.colorTrc === AVCOL_TRC_BT709 ? 'bt709' : otherCode(par.colorTrc),
      matrix: par.colorSpace === AVCOL_SPC_BT709 ? 'bt709' : otherCode(par.colorSpace),
      range: par.colorRange === AVCOL_RANGE_MPEG ? 'tv' : par.colorRange === AVCOL_RANGE_JPEG ? 'pc' : 'unknown',
    },
    audio: audio && {
      codec: avGetCodecName(audio.codecpar.codecId) ?? 'unknown',
      sampleRate: audio.codecpar.sampleRate,
      channels: audio.codecpar.channels,
      durationSeconds: lengthOf(audio, ends),
      startSeconds: ticksToSeconds(audio.startTime, audio.timeBase),
    },
    faststart: await isFaststart(path),
    // In WebM times are rounded to milliseconds.
    isConstantFrameRate: times.slice(1).every((time, index) => isNear(time - times[index]!, step)),
  }
}

/** What {@link joinSegments} and others wrote into a file, by key. */
export async function readMetadata(path: string): Promise<Record<string, string>> {
  await using input = await openMedia(path)
  return input.metadata?.getAll() ?? {}
}

function profileOf(video: Stream): string {
  const { codecId, profile } = video.codecpar
  return Codec.findDecoder(codecId)?.profiles?.find((known) => known.profile === profile)?.name ?? 'unknown'
}

/** Source: ITU-T H.273, where 2 is "unspecified". */
function otherCode(code: number): string {
  return code === 2 ? 'unknown' : `code ${code}`
}

const isNear = (ticks: bigint, others: bigint) => ticks - others <= 1n && others - ticks <= 1n

/** WebM does not say how long its streams are: they end with their last packet. */
function lengthOf({ index, duration, timeBase }: Stream, ends: ReadonlyMap<number, bigint>): number {
  return ticksToSeconds(duration === AV_NOPTS_VALUE ? (ends.get(index) ?? 0n) : duration, timeBase)
}

/** Source of the box layout: ISO/IEC 14496-12, 4.2. */
async function isFaststart(path: string): Promise<boolean> {
  await using file = await open(path)
  const { size: fileSize } = await file.stat()
  const head = Buffer.alloc(16)
  for (let at = 0; at + 8 <= fileSize; ) {
    await file.read(head, 0, 16, at)
    const kind = head.toString('latin1', 4, 8)
    if (kind === 'moov') return true
    if (kind === 'mdat') return false
    const size = head.readUInt32BE(0)
    const length = size === 1 ? Number(head.readBigUInt64BE(8)) : size
    if (length < 8) return false
    at += length
  }
  return false
}
