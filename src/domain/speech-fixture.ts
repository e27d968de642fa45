// A Speech made by hand, for tests: phones with lengths, and a tone wherever a vowel sounds.
import { isVowel } from '../core/phones.ts'
import { SAMPLE_RATE, type Speech, type TimedPhone, type TimedWord } from '../core/speech.ts'

/**
 * Makes a Speech out of `phone:milliseconds` pairs; `|` starts a new word, `ˈ` before a phone stresses it, `!` after the
 * length makes it twice as loud.
 *
 * @param texts what the words say, in order; absent ones say `word`. Their places count in the texts joined by spaces.
 * @example speechOf('_:200 m:80 ˈa:150 | p:90 a:140 _:300')
 */
export function speechOf(notation: string, texts: readonly string[] = []): Speech {
  const phones: TimedPhone[] = []
  const words: TimedWord[] = []
  const sounds: { from: number; to: number; level: number }[] = []
  let at = 0
  let newWord = true
  let textAt = 0
  for (const token of notation.split(/\s+/)) {
    if (token === '|') {
      newWord = true
      continue
    }
    const [name, length] = token.split(':') as [string, string]
    const phone = name.replace('ˈ', '')
    const startSeconds = at
    at += Number.parseFloat(length) / 1000
    if (phone === '_') newWord = true
    else if (newWord) {
      const written = texts[words.length] ?? 'word'
      const text = written.replace(/[^\p{L}]/gu, '')
      words.push({ text, startSeconds, endSeconds: at, textStart: textAt, textEnd: textAt + text.length })
      textAt += written.length + 1
      newWord = false
    } else {
      words[words.length - 1] = { ...words.at(-1)!, endSeconds: at }
    }
    phones.push({
      phone,
      startSeconds,
      endSeconds: at,
      stress: name.startsWith('ˈ') ? 2 : 0,
      word: phone === '_' ? null : words.length - 1,
    })
    const level = phone === '_' ? 0 : isVowel(phone) ? 0.2 : 0.05
    sounds.push({ from: startSeconds, to: at, level: length.endsWith('!') ? level * 2 : level })
  }
  const samples = new Float32Array(Math.round(at * SAMPLE_RATE))
  for (const sound of sounds) {
    const to = Math.min(samples.length, Math.round(sound.to * SAMPLE_RATE))
    for (let i = Math.round(sound.from * SAMPLE_RATE); i < to; i++) samples[i] = Math.sin(i * 0.02) * sound.level
  }
  return { samples, words, phones, timing: 'exact', voiceId: 'fixture' }
}
