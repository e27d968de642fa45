// What may stand behind a presenter, drawn by code at any size.

/** A backdrop; colours are `#rrggbb`. */
export type Backdrop = {
  /** A photographer's paper wall: a gradient with a glow behind the head and darker corners. */
  readonly kind: 'studio'
  /** The wall. */
  readonly color: string
  /** The glow behind the head. */
  readonly glow: string
  /** How dark the corners get, 0 to 1. */
  readonly vignette: number
}
