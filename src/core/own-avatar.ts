// What an account has made of its pictures and of people generated for it.
import type { Manner } from './spec.ts'

/** Where something is that goes on after its request was answered. */
export type MakingStatus = 'pending' | 'completed' | 'failed'

/** Why something could not be made. */
export type MakingFailure = {
  /** For a user. */
  readonly message: string
  /** A stable word for programs (`no-face`), where there is one. */
  readonly reason: string | null
}

/** An avatar that belongs to one account: a look in a group of looks. Times are milliseconds since 1970. */
export type OwnAvatar = {
  /** 32 hex digits. */
  readonly id: string
  /** For clients whose ids are integers. */
  readonly number: number
  readonly accountId: string
  /** The id of its group's first look. */
  readonly groupId: string
  readonly name: string
  readonly source: 'photo' | 'generated'
  /** Its id in the library; null until it is completed. */
  readonly speakerId: string | null
  /** Its picture in the file store. */
  readonly fileKey: string
  readonly status: MakingStatus
  readonly failure: MakingFailure | null
  readonly createdAt: number
  /** The voice that it was given, as the client called it; null: the one that fits its face. */
  readonly voiceId: string | null
  /** How it carries itself where a video says nothing else; null: as everybody does. */
  readonly manner: Manner | null
  /** What it says in its preview; null: its name. */
  readonly greeting: string | null
  /** True where every video shows it with `superResolution`. */
  readonly isUpscaled: boolean
  /** Base of links in notices about it, without a final slash. */
  readonly linkBase: string
}

/** Something of an account's that others may want to hear of once it has ended. */
export type Making =
  | { readonly kind: 'pictures'; readonly generation: Generation }
  /** An avatar was made. */
  | { readonly kind: 'avatar'; readonly avatar: OwnAvatar }
  /** An avatar was asked to move. */
  | { readonly kind: 'motion'; readonly avatar: OwnAvatar }
  /** A group was asked to be trained: its looks, never none. */
  | { readonly kind: 'training'; readonly looks: readonly OwnAvatar[] }

/** Which making: the id of pictures, of an avatar, or of a group. */
export type MakingName = { readonly making: Making['kind']; readonly accountId: string; readonly id: string }

/** People generated on one request. */
export type Generation = {
  /** 32 hex digits. */
  readonly id: string
  readonly accountId: string
  readonly status: MakingStatus
  readonly failure: MakingFailure | null
  /** Empty until it is completed. */
  readonly people: readonly GeneratedPicture[]
  /** Sentences about what could not be honoured. */
  readonly notes: readonly string[]
  readonly createdAt: number
  /** Base of links in notices about it, without a final slash. */
  readonly linkBase: string
}

/** One of them: the picture in the file store, and the avatar's id in the library. */
export type GeneratedPicture = { readonly fileKey: string; readonly speakerId: string }
