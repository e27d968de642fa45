// Every setting there is, with its default; only cli/read-config.ts reads the environment.

/** How one Rostrum process is set up. */
export type Config = {
  /** Port to listen on; 0 lets the system choose. `PORT`. @default 8730 */
  readonly port: number
  /** Address to listen on. `HOST`. @default '127.0.0.1' */
  readonly host: string
  /** Folder of the store, the videos and the caches. `ROSTRUM_DATA`. @default './data' */
  readonly dataFolder: string
  /** A key that is valid from the start, or null: then the first start makes one. `ROSTRUM_API_KEY`. */
  readonly apiKey: string | null
  /** Base of the links in answers, or null: then the request's own host is used. `ROSTRUM_PUBLIC_URL`. */
  readonly publicUrl: string | null
  /** How many render processes run at once. `ROSTRUM_WORKERS`. @default number of cores, at most 4 */
  readonly workers: number
  /** A PostgreSQL address, or null for the embedded store. `DATABASE_URL`. */
  readonly databaseUrl: string | null
  /** Longest script in characters. `ROSTRUM_MAX_SCRIPT`. @default 5000 */
  readonly maxScriptLength: number
  /** How long a result link works, in seconds. `ROSTRUM_LINK_SECONDS`. @default 604800 (7 days) */
  readonly linkSeconds: number
  /** HTTP statuses as the vendors send them (`vendor`) or as REST would (`rest`). `ROSTRUM_HTTP_STATUSES`. @default 'vendor' */
  readonly httpStatuses: 'vendor' | 'rest'
  /** The word for a finished video in JoggAI v2: `completed` as documented, or `success` as clients saw it live. `ROSTRUM_JOGGAI_STATUS`. @default 'documented' */
  readonly joggaiStatus: 'documented' | 'live'
  /** Pages of which origins may call the API from a browser: `*` for all, an empty list for none. `ROSTRUM_CORS`. @default ['*'] */
  readonly corsOrigins: readonly string[]
  /** POST requests that one key may send a minute; 0 is no limit. `ROSTRUM_RATE_LIMIT`. @default 0 */
  readonly rateLimit: number
  /** Whether addresses that others name (webhooks, files) may lie in private networks. `ROSTRUM_ALLOW_PRIVATE_URLS`. @default false */
  readonly allowPrivateUrls: boolean
  /** Whether the address of a new webhook endpoint of HeyGen's must answer, as HeyGen asks for. `ROSTRUM_CHECK_WEBHOOKS`. @default false */
  readonly checkWebhooks: boolean
  /** Largest uploaded file, in bytes. `ROSTRUM_MAX_UPLOAD`. @default 104857600 (100 MB) */
  readonly maxUploadBytes: number
  /** Who makes the pictures of generated people; null: Rostrum itself. `ROSTRUM_IMAGE_MAKER` and its like. @default null */
  readonly imageMaker: ImageMakerConfig | null
}

/** A program elsewhere that makes pictures from words. */
export type ImageMakerConfig = {
  readonly kind: 'openai' | 'automatic1111' | 'comfyui'
  /** Base address. `ROSTRUM_IMAGE_URL`. */
  readonly url: string
  /** Sent as a bearer token. `ROSTRUM_IMAGE_KEY`. */
  readonly key: string | null
  /** The model's name. `ROSTRUM_IMAGE_MODEL`. */
  readonly model: string | null
  /** ComfyUI's workflow, a file in its API format. `ROSTRUM_IMAGE_WORKFLOW`. */
  readonly workflowPath: string | null
}

/** The defaults of every setting; `workers` is filled in from the machine. */
export const DEFAULT_CONFIG: Config = Object.freeze({
  port: 8730,
  host: '127.0.0.1',
  dataFolder: './data',
  apiKey: null,
  publicUrl: null,
  workers: 2,
  databaseUrl: null,
  maxScriptLength: 5000,
  linkSeconds: 7 * 24 * 3600,
  httpStatuses: 'vendor',
  joggaiStatus: 'documented',
  corsOrigins: ['*'],
  rateLimit: 0,
  allowPrivateUrls: false,
  checkWebhooks: false,
  maxUploadBytes: 100 * 1024 * 1024,
  imageMaker: null,
})
