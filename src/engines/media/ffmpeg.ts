// The one door to FFmpeg: quiet logs, error codes as faults, and files opened for reading.
import { stat } from 'node:fs/promises'
import {
  AV_CODEC_ID_VP9,
  AV_LOG_QUIET,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  type AVMediaType,
  FF_DECODER_LIBVPX_VP9,
} from 'node-av/constants'
import { Codec, CodecContext, type Dictionary, FFmpegError, FormatContext, Log, type Stream } from 'node-av/lib'
import { Fault } from '../../core/errors.ts'

Log.setLevel(AV_LOG_QUIET)

/** A fraction, as FFmpeg writes times. */
export type Fraction = { readonly num: number; readonly den: number }

/**
 * Passes a result of FFmpeg on, or turns its error code into a Fault.
 * @param doing what was being done, as "write x.mp4".
 * @throws Fault `internal`.
 */
export function checked(code: number, doing: string): number {
  if (code < 0) {
    throw new Fault('internal', `FFmpeg could not ${doing}.`, { cause: FFmpegError.fromCode(code) ?? code })
  }
  return code
}

/** True where a codec wants more input before it can give more output, or has given all. */
export function isDrained(code: number): boolean {
  return code === AVERROR_EAGAIN || code === AVERROR_EOF
}

/** A tick count as seconds. */
export function ticksToSeconds(ticks: bigint, timeBase: Fraction): number {
  return (Number(ticks) * timeBase.num) / timeBase.den
}

/**
 * Opens a media file for reading, with its streams analysed. The caller disposes it (`await using`).
 * @param options what FFmpeg shall keep to while it opens.
 * @throws Fault `not-found` where there is no such file, `invalid` where it is no media file.
 */
export async function openMedia(path: string, options: Dictionary | null = null): Promise<FormatContext> {
  await stat(path).catch((cause) => {
    throw new Fault('not-found', `There is no file ${path}.`, { cause })
  })
  const input = new FormatContext()
  const opened = await input.openInput(path, null, options)
  const code = opened < 0 ? opened : await input.findStreamInfo()
  if (code < 0) {
    await input.closeInput()
    throw new Fault('invalid', `${path} is not a media file that FFmpeg can read.`, {
      cause: FFmpegError.fromCode(code) ?? code,
    })
  }
  return input
}

/** The best stream of a kind, or null. */
export function streamOf(input: FormatContext, kind: AVMediaType): Stream | null {
  const index = input.findBestStream(kind)
  return index < 0 ? null : (input.streams[index] ?? null)
}

/** Opens the decoder of a stream. The caller disposes it (`using`). */
export async function openDecoder(stream: Stream, path: string): Promise<CodecContext> {
  // FFmpeg's own decoder of VP9 leaves alpha out.
  const own = stream.codecpar.codecId === AV_CODEC_ID_VP9 ? Codec.findDecoderByName(FF_DECODER_LIBVPX_VP9) : null
  const codec = own ?? Codec.findDecoder(stream.codecpar.codecId)
  if (!codec) throw new Fault('invalid', `${path} holds a stream that this FFmpeg cannot decode.`)
  const decoder = new CodecContext()
  decoder.allocContext3(codec)
  decoder.parametersToContext(stream.codecpar)
  decoder.pktTimebase = stream.timeBase
  const code = await decoder.open2(codec)
  if (code < 0) decoder.freeContext()
  checked(code, `open the decoder for ${path}`)
  return decoder
}
