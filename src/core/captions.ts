// Captions: what is said, shown in short lines while it is said.

/** How captions look. The first is the default. */
export const CAPTION_STYLES = ['karaoke', 'plain', 'boxed'] as const
export type CaptionStyle = (typeof CAPTION_STYLES)[number]

/** Where captions stand; never over the mouth. The first is the default. */
export const CAPTION_POSITIONS = ['bottom', 'middle', 'top'] as const
export type CaptionPosition = (typeof CAPTION_POSITIONS)[number]

/** The file formats of subtitles, by file extension. */
export const CAPTION_FORMATS = ['srt', 'vtt', 'ass'] as const
export type CaptionFormat = (typeof CAPTION_FORMATS)[number]

/** How a video is captioned. */
export type CaptionOptions = {
  /** `karaoke` colours the word that is being spoken. @default 'karaoke' */
  readonly style?: CaptionStyle
  /** @default 'bottom' */
  readonly position?: CaptionPosition
}

/** A word as it is written, punctuation included, and when it is spoken. */
export type CaptionWord = {
  readonly text: string
  readonly startSeconds: number
  readonly endSeconds: number
  /** True where no space stands between it and the word before. */
  readonly joined: boolean
}

/** What is shown at once: one line or two. */
export type CaptionCue = {
  readonly startSeconds: number
  readonly endSeconds: number
  readonly lines: readonly (readonly CaptionWord[])[]
}

/** A caption as one frame shows it. */
export type CaptionPicture = {
  readonly lines: readonly (readonly Pick<CaptionWord, 'text' | 'joined'>[])[]
  /** The word that is being spoken, counted over all lines; null where none is to stand out. */
  readonly spoken: number | null
  readonly style: CaptionStyle
  /** Height of the letters' em in canvas pixels. */
  readonly fontSize: number
  /** Canvas pixels from the top to the upper edge of the first line. */
  readonly top: number
}

/** A line of a caption as text. */
export function lineText(line: readonly Pick<CaptionWord, 'text' | 'joined'>[]): string {
  return line.map(({ text, joined }, index) => (index === 0 || joined ? text : ` ${text}`)).join('')
}
