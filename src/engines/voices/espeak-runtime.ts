// espeak-ng in this process: one WebAssembly instance, put back to the same state before every utterance.
import { Fault } from '../../core/errors.ts'

/** An event of espeak-ng; positions in text count characters from 1, positions in sound are milliseconds. */
export type EspeakEvent = {
  readonly type: 'samplerate' | 'sentence' | 'word' | 'phoneme' | 'end' | 'mark' | 'play'
  readonly text_position: number
  readonly word_length: number
  readonly audio_position: number
  readonly id?: string | number
}

/** What espeak-ng makes of one utterance: sound at {@link EspeakSound.rate} Hz and its events in order. */
export type EspeakSound = {
  readonly samples: Float32Array
  readonly rate: number
  readonly events: readonly EspeakEvent[]
}

type Worker = {
  set_voice(name: string): number
  set_rate(wordsPerMinute: number): void
  set_pitch(pitch: number): void
  get_samplerate(): number
  synthesize(text: string, heard: (samples: Int16Array | null, events: EspeakEvent[]) => boolean): void
}
type Instance = { readonly HEAPU8: Uint8Array; readonly eSpeakNGWorker: new () => Worker }
type Espeak = { readonly instance: Instance; readonly worker: Worker; readonly fresh: Uint8Array }

/** The longest text that may be given to espeak-ng at once, in bytes; room for it is made before the state is kept. */
const LONGEST_TEXT_BYTES = 16384

let loaded: Promise<Espeak> | undefined

/**
 * Speaks one utterance. espeak-ng carries state from one call to the next (and seeds its noise by the clock), so its
 * whole memory is put back first and its clock stands still: the same input gives the same samples, and nothing grows.
 * @param voice `de+f2`: a language and a variant. @param rate words per minute, 80 to 450. @param pitch 0 to 99.
 */
export async function runEspeak(text: string, voice: string, rate: number, pitch: number): Promise<EspeakSound> {
  if (new TextEncoder().encode(text).length > LONGEST_TEXT_BYTES)
    throw new Error('The utterance is too long for espeak-ng.')
  loaded ??= load()
  const { instance, worker, fresh } = await loaded
  return withStillClock(() => {
    instance.HEAPU8.set(fresh)
    instance.HEAPU8.fill(0, fresh.length)
    if (worker.set_voice(voice) !== 0) throw new Error(`espeak-ng has no voice ${voice}.`)
    worker.set_rate(rate)
    worker.set_pitch(pitch)
    const blocks: Int16Array[] = []
    const events: EspeakEvent[] = []
    worker.synthesize(text, (samples, heard) => {
      if (samples) blocks.push(samples)
      events.push(...heard)
      return false
    })
    return { samples: joinBlocks(blocks), rate: worker.get_samplerate(), events }
  })
}

async function load(): Promise<Espeak> {
  try {
    const { default: open } = (await import('@echogarden/espeak-ng-emscripten' as string)) as {
      default: () => Promise<Instance>
    }
    const instance = await open()
    return withStillClock(() => {
      const worker = new instance.eSpeakNGWorker()
      // The binding keeps a text buffer in this memory and the address outside of it: it must be there, and large enough.
      worker.set_voice('en-US')
      worker.synthesize('a '.repeat(LONGEST_TEXT_BYTES / 2 + 64), () => true)
      worker.synthesize('a', () => false)
      return { instance, worker, fresh: instance.HEAPU8.slice() }
    })
  } catch (cause) {
    loaded = undefined
    throw new Fault('internal', 'The espeak-ng voices could not be loaded.', { cause })
  }
}

/** Runs something synchronous for which no time passes. */
function withStillClock<T>(run: () => T): T {
  const now = Date.now
  Date.now = () => 0
  try {
    return run()
  } finally {
    Date.now = now
  }
}

function joinBlocks(blocks: readonly Int16Array[]): Float32Array {
  const samples = new Float32Array(blocks.reduce((sum, block) => sum + block.length, 0))
  let at = 0
  for (const block of blocks) for (const sample of block) samples[at++] = sample / 32768
  return samples
}
