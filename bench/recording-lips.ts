// Lips from recordings against the voices' own times: voices, languages and sentences that training has not heard.
import { SHAPE_COUNT } from '../src/core/shapes.ts'
import { SAMPLE_RATE, type Speech, type TimedPhone } from '../src/core/speech.ts'
import { plannedOpening } from '../src/domain/lipsync/opening.ts'
import { planMouth } from '../src/domain/lipsync/plan-mouth.ts'
import { hear } from '../src/engines/voices/hearing/hear.ts'
import { findVoice, speak } from '../src/engines/voices/index.ts'

const TEXTS = {
  english: `Bob may map the big apple market in May. Please combine the lamp, the club and the empty cupboard. We choose
    joyful azure shoes, five thin feathers, yellow wool, a ring, and a cow at the zoo. My brother bought a new umbrella
    before the summer began, but nobody remembers where he put it.`,
  german: `Am Abend kommt mein Bruder mit dem Bus aus Bamberg. Papa malt ein buntes Bild, und Mama backt bald einen Apfelkuchen.
    Über sieben Brücken musst du gehen, bevor du die kleine Mühle im Wald siehst.`,
  italian: `Buongiorno a tutti, mi chiamo Paola e abito a Palermo. La mamma prepara una buona pasta con i pomodori, e il bambino
    beve un bicchiere di latte. Domani compriamo una bella borsa per la nonna, poi torniamo a casa.`,
  polish: `Dzień dobry, mam na imię Paweł i mieszkam w Poznaniu. Babcia piecze ciasto z jabłkami, a mama kupuje chleb i mleko.
    Po południu pójdziemy razem do parku, bo pogoda jest bardzo ładna.`,
}

const CASES = [
  ['a voice held out', 'flite-rms', TEXTS.english],
  ['a voice of training, new words', 'flite-slt', TEXTS.english],
  ['a language of training', 'espeak-de-f2', TEXTS.german],
  ['a language held out', 'espeak-it-m3', TEXTS.italian],
  ['a language held out', 'espeak-pl-f2', TEXTS.polish],
] as const

const FPS = 100
const TOLERANCE_SECONDS = 0.06

const middlesOfClosures = (phones: readonly TimedPhone[]) =>
  phones.filter(({ phone }) => 'pbm'.includes(phone)).map((each) => (each.startSeconds + each.endSeconds) / 2)

/** How many of the true closures are found and how many of the found are true, each counted once. */
function closures(real: Speech, heard: Speech): { f1: number; recall: number; precision: number } {
  const wanted = middlesOfClosures(real.phones)
  const found = middlesOfClosures(heard.phones)
  const free = new Set(found)
  let hits = 0
  for (const at of wanted) {
    const nearest = [...free].sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0]
    if (nearest === undefined || Math.abs(nearest - at) > TOLERANCE_SECONDS) continue
    free.delete(nearest)
    hits++
  }
  const [recall, precision] = [hits / wanted.length, hits / Math.max(1, found.length)]
  return { f1: (2 * hits) / (wanted.length + found.length), recall, precision }
}

function openings(speech: Speech): Float64Array {
  const frames = Math.ceil((speech.samples.length / SAMPLE_RATE) * FPS)
  const shapes = new Float32Array(frames * SHAPE_COUNT)
  planMouth(speech, shapes, FPS)
  return Float64Array.from({ length: frames }, (_, frame) => plannedOpening(shapes, frame * SHAPE_COUNT))
}

/** Pearson's correlation of two curves, the second moved by some frames. */
function correlation(a: Float64Array, b: Float64Array, by: number): number {
  const pairs: [number, number][] = []
  for (let i = 0; i < a.length; i++) if (i + by >= 0 && i + by < b.length) pairs.push([a[i]!, b[i + by]!])
  const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length
  const [x, y] = [mean(0), mean(1)]
  let [xy, xx, yy] = [0, 0, 0]
  for (const [p, q] of pairs) {
    xy += (p - x) * (q - y)
    xx += (p - x) ** 2
    yy += (q - y) ** 2
  }
  return xy / Math.sqrt(xx * yy)
}

const lines = [
  '| speech | words | p b m closed, F1 | found | right | r of opening | offset | times real time |',
  '|---|---|---|---|---|---|---|---|',
]
for (const [what, voiceId, script] of CASES) {
  const text = script.replace(/\s+/g, ' ')
  const { voice } = findVoice(voiceId)
  const real = await speak(text, voice)
  for (const isKnown of [false, true]) {
    const before = process.cpuUsage()
    const heard = await hear(real.samples.slice(), isKnown ? { transcript: { text, voice } } : {})
    const { user, system } = process.cpuUsage(before)
    const { f1, recall, precision } = closures(real, heard)
    const [wanted, found] = [openings(real), openings(heard)]
    const shifts = Array.from({ length: 41 }, (_, i) => i - 20)
    const best = shifts.reduce((a, b) => (correlation(wanted, found, b) > correlation(wanted, found, a) ? b : a))
    const cells = [
      `${what}: ${voiceId}`,
      isKnown ? 'known' : 'unknown',
      f1.toFixed(2),
      recall.toFixed(2),
      precision.toFixed(2),
      correlation(wanted, found, 0).toFixed(2),
      `${(best * 1000) / FPS} ms`,
      (real.samples.length / SAMPLE_RATE / ((user + system) / 1e6)).toFixed(0),
    ]
    lines.push(`| ${cells.join(' | ')} |`)
  }
}
console.log(lines.join('\n'))
