// Segments and sound in, one finished file out; no picture is encoded again.
import { rename, rm } from 'node:fs/promises'
import { AV_NOPTS_VALUE, AVFMT_FLAG_BITEXACT, AVMEDIA_TYPE_VIDEO } from 'node-av/constants'
import { Dictionary, FormatContext, Packet, Rational, type Stream } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import { VIDEO_FORMATS, type VideoFormat } from '../../core/output.ts'
import type { Canvas } from '../../core/spec.ts'
import { soundLength } from '../../core/time.ts'
import { PICTURE_CODECS } from './codecs.ts'
import { TICKS_PER_FRAME } from './encoder.ts'
import { checked, type Fraction, openMedia, streamOf } from './ffmpeg.ts'
import type { EncodedSound } from './sound-file.ts'
import { openSoundTrack } from './sound-track.ts'

/**
 * Joins segments in order and lays the sound under them. Frame n is shown at exactly n / fps, sample 0 is heard with frame
 * 0, the index stands in front (faststart). The file has its name
 * only once it is whole; the same input gives the same bytes.
 * @param job.sound as long as the picture, or null for a file without sound.
 * @param job.metadata kept in the file under these keys, see readMetadata.
 * @returns how many frames were joined.
 * @throws Fault `internal` naming the segment that is missing, broken or encoded with other settings.
 */
export async function joinSegments(job: {
  readonly segmentPaths: readonly string[]
  readonly sound: EncodedSound | null
  readonly canvas: Canvas
  /** @default 'mp4' */
  readonly format?: VideoFormat
  readonly outPath: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}): Promise<{ frameCount: number }> {
  const partPath = `${job.outPath}.part`
  try {
    const frameCount = await writeJoined(job, partPath)
    await rename(partPath, job.outPath)
    return { frameCount }
  } catch (cause) {
    await rm(partPath, { force: true })
    throw cause
  }
}

async function writeJoined(job: Parameters<typeof joinSegments>[0], partPath: string): Promise<number> {
  const { segmentPaths, canvas, format = VIDEO_FORMATS[0], signal } = job
  const { container, reorderFrames } = PICTURE_CODECS[format]
  const firstPath = segmentPaths[0]
  if (firstPath === undefined) throw new Fault('internal', 'There are no segments to join.')
  const lengths: number[] = []
  let header: Buffer | null = null
  for (const path of segmentPaths) {
    signal?.throwIfAborted()
    await using input = await openSegment(path)
    const stream = videoOf(input, path)
    const extradata = stream.codecpar.extradata
    if (stream.codecpar.width !== canvas.width || stream.codecpar.height !== canvas.height) {
      throw new Fault('internal', `The segment ${path} is not ${canvas.width}x${canvas.height}.`)
    }
    if (header && !(extradata && header.equals(extradata))) {
      throw new Fault('internal', `The segment ${path} was encoded with other settings than ${firstPath}.`)
    }
    header ??= extradata
    lengths.push(await frameCountOf(input, stream))
  }
  const frameCount = lengths.reduce((sum, length) => sum + length, 0)

  await using output = new FormatContext()
  output.allocOutputContext2(null, container, partPath)
  output.setFlags(AVFMT_FLAG_BITEXACT)
  using metadata = Dictionary.fromObject(job.metadata ?? {})
  if (job.metadata) output.metadata = metadata
  const picture = output.newStream(null)
  {
    await using input = await openSegment(firstPath)
    const first = videoOf(input, firstPath)
    first.codecpar.copy(picture.codecpar)
    // WebM's note that there is alpha beside the pictures.
    picture.metadata = first.metadata
  }
  picture.timeBase = new Rational(1, canvas.fps * TICKS_PER_FRAME)
  picture.avgFrameRate = new Rational(canvas.fps, 1)
  const sampleCount = soundLength(frameCount, canvas.fps)
  if (job.sound && job.sound.sampleCount !== sampleCount) {
    throw new Fault('internal', `The sound has ${job.sound.sampleCount} samples, not the picture's ${sampleCount}.`)
  }
  using sound = job.sound ? await openSoundTrack(output, job.sound) : null
  checked(await output.openOutput(), `open ${partPath} for writing`)
  using muxing = Dictionary.fromObject(
    container === 'webm'
      ? {}
      : { movflags: '+faststart+use_metadata_tags', video_track_timescale: canvas.fps * TICKS_PER_FRAME },
  )
  checked(await output.writeHeader(muxing), `write to ${partPath}`)
  let start = 0
  for (const [index, path] of segmentPaths.entries()) {
    const place = { start, length: lengths[index]!, fps: canvas.fps, reorderFrames }
    await copySegment(path, place, output, picture, (frame) => {
      signal?.throwIfAborted()
      sound?.writeUpTo(frame / canvas.fps)
    })
    start += lengths[index]!
  }
  sound?.finish()
  checked(await output.writeTrailer(), `finish ${partPath}`)
  return frameCount
}

/** Where a segment lies in the whole, in frames. */
type Place = {
  readonly start: number
  readonly length: number
  readonly fps: number
  readonly reorderFrames: number
}

async function copySegment(
  path: string,
  { start, length, fps, reorderFrames }: Place,
  output: FormatContext,
  picture: Stream,
  beforeFrame: (frame: number) => void,
): Promise<void> {
  await using input = await openSegment(path)
  const stream = videoOf(input, path)
  using packet = new Packet()
  packet.alloc()
  const ticks = BigInt(TICKS_PER_FRAME)
  const timeBase = new Rational(1, fps * TICKS_PER_FRAME)
  const shown = new Set<bigint>()
  let count = 0
  while (input.readFrameSync(packet) >= 0) {
    if (packet.streamIndex !== stream.index) {
      packet.unref()
      continue
    }
    const frame = packet.pts === AV_NOPTS_VALUE ? -1n : frameOf(packet.pts, stream.timeBase, fps)
    if (frame < 0n || frame >= BigInt(length) || shown.has(frame) || (count === 0 && !packet.isKeyframe)) {
      throw new Fault('internal', `The segment ${path} is broken at its frame ${count}.`)
    }
    shown.add(frame)
    beforeFrame(start + count)
    packet.streamIndex = picture.index
    packet.pts = (BigInt(start) + frame) * ticks
    packet.dts = BigInt(start + count - reorderFrames) * ticks
    packet.duration = ticks
    packet.rescaleTs(timeBase, picture.timeBase)
    count++
    checked(output.interleavedWriteFrameSync(packet), 'write the video')
    packet.unref()
  }
  if (count !== length) throw new Fault('internal', `The segment ${path} holds ${count} frames, not ${length}.`)
}

/** WebM does not say how many frames it holds. */
async function frameCountOf(input: FormatContext, stream: Stream): Promise<number> {
  if (stream.nbFrames > 0n) return Number(stream.nbFrames)
  using packet = new Packet()
  packet.alloc()
  let count = 0
  while ((await input.readFrame(packet)) >= 0) {
    if (packet.streamIndex === stream.index) count++
    packet.unref()
  }
  return count
}

function frameOf(pts: bigint, timeBase: Fraction, fps: number): bigint {
  return BigInt(Math.round((Number(pts) * timeBase.num * fps) / timeBase.den))
}

async function openSegment(path: string): Promise<FormatContext> {
  return openMedia(path).catch((cause) => {
    throw new Fault('internal', `The segment ${path} is missing or broken.`, { cause })
  })
}

function videoOf(input: FormatContext, path: string): Stream {
  const stream = streamOf(input, AVMEDIA_TYPE_VIDEO)
  if (!stream) throw new Fault('internal', `The segment ${path} has no picture.`)
  return stream
}
