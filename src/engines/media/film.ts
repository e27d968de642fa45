// Any video as upright frames of one size at a constant rate, in the colours that our own files have.
import {
  AV_PKT_DATA_DISPLAYMATRIX,
  AVCOL_RANGE_UNSPECIFIED,
  AVCOL_SPC_UNSPECIFIED,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants'
import { Filter, type FilterContext, FilterGraph, FilterInOut, Frame, type Stream } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'
import type { Canvas } from '../../core/spec.ts'
import { framesOf } from './decode.ts'
import { checked, type Fraction, isDrained, openDecoder, openMedia, streamOf, ticksToSeconds } from './ffmpeg.ts'
import { type Picture, readFrame } from './planes.ts'
import { tagColours } from './untagged.ts'

/** What a film is as {@link readFilm} gives it. */
export type FilmFacts = {
  readonly canvas: Canvas
  /** As its container says; 0 where that says nothing. */
  readonly durationSeconds: number
}

/** No film is taken with fewer frames a second. */
const LEAST_FPS = 12
/** Neither side is shorter, in pixels. */
const LEAST_SIDE = 64

/**
 * Reads the facts of a film.
 * @param most no frame is larger and no rate higher: what is, is scaled down, and of twice the rate every other frame taken.
 * @throws Fault `not-found` or `invalid` where it is no video.
 */
export async function filmFacts(path: string, most: Canvas): Promise<FilmFacts> {
  await using input = await openMedia(path)
  const stream = pictureOf(input, path)
  const par = stream.codecpar
  const isTurned = Math.abs(quarterTurns(stream)) % 2 === 1
  const aspect = shapeOf(par.sampleAspectRatio)
  const [w, h] = isTurned ? [par.height, par.width * aspect] : [par.width * aspect, par.height]
  const scale = Math.min(1, most.width / w, most.height / h)
  const even = (side: number) => 2 * Math.round((side * scale) / 2)
  const canvas = { width: even(w), height: even(h), fps: rateOf(stream.avgFrameRate, most.fps) }
  if (Math.min(canvas.width, canvas.height) < LEAST_SIDE) {
    throw new Fault('invalid', `The video has ${par.width} x ${par.height} pixels; ${LEAST_SIDE} a side are the least.`)
  }
  const own = ticksToSeconds(stream.duration, stream.timeBase)
  return { canvas, durationSeconds: own > 0 ? own : Math.max(0, Number(input.duration) / 1e6) }
}

/**
 * Decodes a film: turned upright as its file says, scaled to the canvas, each frame shown for as long as every other (some
 * left out or repeated where the rate varies), BT.709 limited range.
 * @throws Fault `invalid` where it cannot be decoded.
 */
export async function* readFilm(path: string, canvas: Canvas): AsyncGenerator<Picture, void, undefined> {
  await using input = await openMedia(path)
  const stream = pictureOf(input, path)
  using decoder = await openDecoder(stream, path)
  using graph = new FilterGraph()
  using output = new Frame()
  output.alloc()
  let ends: Ends | null = null
  const finished = async function* ({ sink }: Ends): AsyncGenerator<Picture, void, undefined> {
    for (;;) {
      const code = await sink.buffersinkGetFrame(output)
      if (isDrained(code)) return
      checked(code, `read ${path}`)
      yield readFrame(output)
      output.unref()
    }
  }
  for await (const frame of framesOf(input, stream, decoder, path)) {
    frame.pts = frame.bestEffortTimestamp
    tagColours(frame)
    ends ??= await connect(graph, frame, stream, canvas)
    if (frame.width !== ends.width || frame.height !== ends.height) {
      throw new Fault('invalid', 'The video changes its size in the middle. Convert it to one size first.')
    }
    checked(await ends.source.buffersrcAddFrame(frame), `read ${path}`)
    yield* finished(ends)
  }
  if (!ends) throw new Fault('invalid', 'The video holds no frame that can be decoded.')
  checked(await ends.source.buffersrcAddFrame(null), `read ${path}`)
  yield* finished(ends)
}

type Ends = {
  readonly source: FilterContext
  readonly sink: FilterContext
  readonly width: number
  readonly height: number
}

async function connect(graph: FilterGraph, frame: Frame, stream: Stream, canvas: Canvas): Promise<Ends> {
  const { width, height, format, colorSpace, colorRange } = frame
  const { num, den } = stream.timeBase
  const known = [
    `video_size=${width}x${height}:pix_fmt=${format}:time_base=${num}/${den}`,
    ...(colorSpace === AVCOL_SPC_UNSPECIFIED ? [] : [`colorspace=${colorSpace}`]),
    ...(colorRange === AVCOL_RANGE_UNSPECIFIED ? [] : [`range=${colorRange}`]),
  ]
  const steps = [
    'setpts=PTS-STARTPTS',
    `fps=${canvas.fps}`,
    ...TURNS[((quarterTurns(stream) % 4) + 4) % 4]!,
    `scale=${canvas.width}:${canvas.height}:flags=bicubic:out_color_matrix=bt709:out_range=tv`,
    'format=yuv420p',
  ]
  graph.alloc()
  const source = graph.createFilter(Filter.getByName('buffer')!, 'in', known.join(':'))
  const sink = graph.createFilter(Filter.getByName('buffersink')!, 'out')
  if (!source || !sink) throw new Fault('invalid', 'The video has pictures of a kind that cannot be read.')
  const outputs = FilterInOut.createList([{ name: 'in', filterCtx: source, padIdx: 0 }])
  const inputs = FilterInOut.createList([{ name: 'out', filterCtx: sink, padIdx: 0 }])
  checked(graph.parsePtr(`[in]${steps.join(',')}[out]`, inputs, outputs), 'set up the reading of a video')
  checked(await graph.config(), 'set up the reading of a video')
  return { source, sink, width, height }
}

/** The filters that turn a picture by so many quarters, clockwise. */
const TURNS = [[], ['transpose=clock'], ['hflip', 'vflip'], ['transpose=cclock']] as const

/**
 * By how many quarters a player turns the picture, clockwise.
 * Source of the matrix: ISO/IEC 14496-12, 8.3.2 (a, b, u, c, d, v, x, y, w; a and b are 16.16).
 */
function quarterTurns(stream: Stream): number {
  const matrix = stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)
  if (!matrix || matrix.length < 16) return 0
  return Math.round((Math.atan2(matrix.readInt32LE(4), matrix.readInt32LE(0)) * 2) / Math.PI)
}

function pictureOf(input: Awaited<ReturnType<typeof openMedia>>, path: string): Stream {
  const stream = streamOf(input, AVMEDIA_TYPE_VIDEO)
  if (!stream) throw new Fault('invalid', `${path} holds no picture.`)
  return stream
}

function shapeOf({ num, den }: Fraction): number {
  return num > 0 && den > 0 ? num / den : 1
}

/** Whole, and at most `most`: of 50 and 60 a second every other frame is taken. */
function rateOf({ num, den }: Fraction, most: number): number {
  const rate = den > 0 && num > 0 ? num / den : most
  const halved = rate > most + 0.5 && rate / 2 <= most + 0.5 ? rate / 2 : rate
  return Math.max(LEAST_FPS, Math.min(most, Math.round(halved)))
}
