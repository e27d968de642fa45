// Text that remembers where each of its characters stood in the script it came from.

/** A text and, for each of its UTF-16 units, the stretch of the original script that it stands for. */
export type MappedText = {
  readonly text: string
  /** Where in the script each unit begins; as long as {@link text}. */
  readonly starts: readonly number[]
  /** Where in the script each unit ends, exclusive. */
  readonly ends: readonly number[]
}

/** A stretch of a script as it stands, beginning at an offset in UTF-16 units. */
export function mapText(text: string, offset = 0): MappedText {
  const starts = Array.from({ length: text.length }, (_, i) => offset + i)
  return { text, starts, ends: starts.map((start) => start + 1) }
}

/** The part from one index of the mapped text to another. */
export function sliceMapped(mapped: MappedText, from: number, to = mapped.text.length): MappedText {
  return {
    text: mapped.text.slice(from, to),
    starts: mapped.starts.slice(from, to),
    ends: mapped.ends.slice(from, to),
  }
}

/** Several mapped texts one after another. */
export function joinMapped(parts: readonly MappedText[]): MappedText {
  return {
    text: parts.map((part) => part.text).join(''),
    starts: parts.flatMap((part) => part.starts),
    ends: parts.flatMap((part) => part.ends),
  }
}

/**
 * Replaces every match; each new character stands for the whole stretch that it replaced. A replacement of null leaves
 * the match as it is, character by character.
 * @param pattern a global regular expression.
 */
export function replaceMapped(
  mapped: MappedText,
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => string | null,
): MappedText {
  const parts: MappedText[] = []
  let done = 0
  for (const match of mapped.text.matchAll(pattern)) {
    const text = match[0] === '' ? null : replacement(match)
    if (text === null) continue
    const end = match.index + match[0].length
    const [start, stop] = [mapped.starts[match.index]!, mapped.ends[end - 1]!]
    parts.push(sliceMapped(mapped, done, match.index), {
      text,
      starts: new Array<number>(text.length).fill(start),
      ends: new Array<number>(text.length).fill(stop),
    })
    done = end
  }
  return done === 0 ? mapped : joinMapped([...parts, sliceMapped(mapped, done)])
}
