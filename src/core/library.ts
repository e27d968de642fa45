// What an avatar is, in the library's neutral words.

/** A public avatar: who it is and how it may be found. */
export type Avatar = {
  /** Stable slug: `nora`. */
  readonly id: string
  /** The integer that JoggAI clients send: 81. */
  readonly number: number
  /** Other ids that it answers to, such as sample ids of services whose clients we serve. */
  readonly aliases?: readonly string[]
  readonly name: string
  readonly gender: 'female' | 'male'
  readonly age: 'young_adult' | 'adult' | 'senior'
  readonly ethnicity:
    | 'european'
    | 'african'
    | 'south_asian'
    | 'east_asian'
    | 'middle_eastern'
    | 'south_american'
    | 'north_american'
  readonly style: 'professional' | 'social'
  readonly scene: 'lifestyle' | 'outdoors' | 'business' | 'studio' | 'health_fitness' | 'education' | 'news'
  readonly tags: readonly string[]
  /** A voice of the catalogue that fits this face. */
  readonly voiceId: string
}

/** What a video needs to know of an avatar, whatever it was made from. */
export type Speaker = Pick<Avatar, 'id' | 'number' | 'name' | 'gender' | 'age' | 'tags' | 'voiceId'>

/** An avatar made from a picture; gender and age are what its face looks like. */
export type PhotoAvatar = Speaker & {
  readonly ageYears: number
  /** SHA-256 of the picture file, hexadecimal. */
  readonly pictureHash: string
}
