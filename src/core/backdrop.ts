// What may stand behind a presenter, drawn by code at any size.

/** A photographer's paper wall: a gradient with a glow behind the head and darker corners. */
export type StudioBackdrop = {
  readonly kind: 'studio'
  /** The wall, `#rrggbb`. */
  readonly color: string
  /** The glow behind the head, `#rrggbb`. */
  readonly glow: string
  /** How dark the corners get, 0 to 1. */
  readonly vignette: number
}

/** The places that can be drawn, as a portrait lens sees them: out of focus. */
export const PLACES = ['office', 'bookshelf', 'skyline', 'park', 'newsroom', 'classroom', 'gym', 'home'] as const

/** A place out of focus. */
export type PlaceBackdrop = {
  readonly kind: (typeof PLACES)[number]
  /** What there is most of (walls, leaves, sky), `#rrggbb`. */
  readonly color: string
  /** What stands out (furniture, books, lamps), `#rrggbb`. */
  readonly accent: string
  /** Decides where things stand: a whole number. */
  readonly seed: number
}

/** A backdrop. */
export type Backdrop = StudioBackdrop | PlaceBackdrop
