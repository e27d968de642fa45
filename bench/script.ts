// A script of any length, in sentences that differ, for the benchmarks.

const SENTENCES = [
  'Welcome, and thank you for stopping by today.',
  'Our new service turns a few lines of text into a finished video.',
  'You write what you want to say, and somebody friendly says it for you.',
  'Small shops use it to show a product before the boxes have even arrived.',
  'Teachers explain a difficult problem once, and their pupils watch it twice.',
  'Nothing leaves your own machine, so private plans stay private.',
  'If you change your mind about one sentence, only that part is made again.',
  'Maybe you have a question about the price, the quality, or the speed?',
  'Most people are surprised by how simple the first five minutes are.',
  'Pick a face, pick a voice, and press the big green button.',
]

/** Speech runs at about 13 characters a second with the default voice. */
const CHARACTERS_PER_SECOND = 13

/** A script that takes about so many seconds to say. */
export function scriptOf(seconds: number): string {
  const lines: string[] = []
  let length = 0
  for (let index = 0; length < seconds * CHARACTERS_PER_SECOND; index++) {
    const sentence = SENTENCES[(index * 7) % SENTENCES.length]!
    lines.push(index >= SENTENCES.length ? `Point ${index + 1}. ${sentence}` : sentence)
    length += lines.at(-1)!.length + 1
  }
  return lines.join(' ')
}
