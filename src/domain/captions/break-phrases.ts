// Where a run of words is best cut, so that every part fits and reads as a phrase.

/** Words that belong to what follows: a cut goes before them, and never right behind. Small, on purpose. */
const LEADING_WORDS = new Set(
  // English, German, French, Spanish, Italian, Portuguese.
  `and or but nor so because although while when where which who that if than with without from into onto about after before
  between through under over for in on at by to of as und oder aber weil dass wenn als mit ohne von bei nach vor für et ou mais
  parce que quand avec sans dans sur sous pour par de y o pero porque cuando con sin desde hasta para por e ma perché quando
  con senza per da mas porque quando com sem desde até`.split(/\s+/),
)
/** Words that tie what follows to what stands before: a cut before them is worse than anywhere else. */
const TYING_WORDS = new Set('of de del della do da des du von'.split(' '))
/** Words that must not stand at the end of a line. */
const CLINGING_WORDS = new Set(
  `a an the my your his her its our their this that these those very more most i you he she it we they is are was were will
  would can could may must not der die das den dem des ein eine einen einem einer mein dein sein le la les un une des mon ton
  el los las una unos mi tu su il lo gli i o os as um uma`.split(/\s+/),
)

/** How bad a cut between two words is: 0 behind a comma, 1 anywhere else, more where it tears apart what belongs together. */
export function cutPenalty(before: string, after: string): number {
  if (/[.!?…。！？]["'”’»)\]]*$/.test(before)) return 0
  if (/[,;:–—،、，；：]["'”’»)\]]*$/.test(before)) return 0.1
  const last = bare(before)
  if (CLINGING_WORDS.has(last) || LEADING_WORDS.has(last)) return 4
  const first = bare(after)
  if (TYING_WORDS.has(first)) return 1.6
  return LEADING_WORDS.has(first) ? 0.4 : 1
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{M}\p{N}']/gu, '')
}

/**
 * Cuts `count` words into parts of least total cost; the first that fits best where several cost the same.
 * @param cost of the words from `from` to `to` (exclusive) as one part; Infinity where they do not fit.
 * @returns where each part ends, exclusive. A word that fits nowhere stands alone.
 */
export function cheapestParts(count: number, cost: (from: number, to: number) => number): readonly number[] {
  const best = new Array<number>(count + 1).fill(Number.POSITIVE_INFINITY)
  const from = new Array<number>(count + 1).fill(0)
  best[0] = 0
  for (let to = 1; to <= count; to++) {
    for (let start = to - 1; start >= 0; start--) {
      const one = cost(start, to)
      if (!Number.isFinite(one) && to - start > 1) break
      const total = best[start]! + (Number.isFinite(one) ? one : 1000)
      if (total < best[to]!) {
        best[to] = total
        from[to] = start
      }
    }
  }
  const ends: number[] = []
  for (let end = count; end > 0; end = from[end]!) ends.unshift(end)
  return ends
}
