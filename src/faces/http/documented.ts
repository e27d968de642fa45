// What a route says of itself, for the OpenAPI page: what it reads stands at the route, its words and its answer in a table.
import { z } from 'zod'

/** What a route reads, as the schemas that validate it. */
export type RouteDoc = {
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  /** Content type of a body that is no JSON. */
  readonly raw?: string
  /** Whether `?dry_run=true` only tells what would be made; it makes a video then. */
  readonly isRehearsable?: true
}

/** A route in words, and what it answers. */
export type RouteWords = {
  /** The group that it stands in. */
  readonly tag: string
  /** A few words, such as "Make a video". */
  readonly summary: string
  /** Sentences: what it does, and what to mind. */
  readonly description: string
  /** What the dialect's envelope carries; null where it only ever refuses. */
  readonly answer: z.ZodType | null
  /** A body to try it with. */
  readonly example?: object
  /** Content type of an answer that is no JSON. */
  readonly answers?: string
}

/** `METHOD /path/{id}` without the dialect's prefix, and its words. */
export type Reference = Readonly<Record<string, RouteWords>>

/** What an answer may be beside the one that was hoped for. */
export type Refusal = { readonly description: string; readonly body: z.ZodType }

/** A route, as its refusals depend on it. */
export type DocumentedRoute = {
  readonly method: string
  readonly path: string
  readonly words: RouteWords
  readonly isRehearsable: boolean
}

/** What the page of a dialect is made with. */
export type Documents = {
  /** What the whole API is, in Markdown. */
  readonly about: string
  readonly routes: Reference
  /** A success's whole body around an answer. */
  envelope(answer: z.ZodType, path: string): z.ZodType
  /** The refusals of a route by HTTP status; those of 200 are another form of its answer. */
  refusals(route: DocumentedRoute): Readonly<Record<number, Refusal>>
}

/** 32 hex digits. */
export const hexId = z.string().regex(/^[0-9a-f]{32}$/)
/** An address that can be called. */
export const link = z.string().regex(/^https?:\/\//)
/** Seconds since 1970. */
export const unixTime = z.int().min(0).describe('Seconds since 1970')
/** A length in seconds. */
export const seconds = z.number().min(0).describe('Seconds')
/** How far something is. */
export const percent = z.int().min(0).max(100)
/** What cannot be honoured, and what stands in for what. */
export const notes = z.array(z.string()).describe('What stands in for what, and what could not be honoured')

/** What a dry run answers, the same in all APIs. */
export const rehearsal = z.object({
  dry_run: z.literal(true),
  name: z.string(),
  width: z.int().optional(),
  height: z.int().optional(),
  fps: z.int().optional(),
  duration: seconds,
  scenes: z.array(
    z.object({
      duration: seconds,
      avatar: z.string().nullable(),
      voice_id: z.string().nullable(),
      characters: z.int(),
    }),
  ),
  warnings: z.array(z.string()),
  estimate: z
    .object({ seconds: z.int(), bytes: z.int(), basis: z.enum(['measured', 'typical']) })
    .describe('How long the making takes, about, and how large the file will be'),
})

/** A file of a finished video. */
export const madeFile = z.object({
  type: z.string().describe('Its ending, such as "mp4"'),
  kind: z.string(),
  captions: z.boolean(),
  width: z.int().nullable().describe('Pixels; null for what is no video'),
  height: z.int().nullable(),
  url: link,
})

declare module 'fastify' {
  interface FastifyContextConfig {
    doc?: RouteDoc
    /** Left out of the OpenAPI page. */
    isHidden?: boolean
  }
}
