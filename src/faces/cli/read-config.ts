// The one reader of the environment: every setting, checked, with a word on what would do.
import { availableParallelism } from 'node:os'
import { type Config, DEFAULT_CONFIG, type ImageMakerConfig } from '../../core/config.ts'
import { Fault } from '../../core/errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Each environment variable, the setting that it sets and what it may hold. docs/settings.md lists the same. */
export const VARIABLES = {
  PORT: 'port',
  HOST: 'host',
  ROSTRUM_DATA: 'dataFolder',
  ROSTRUM_API_KEY: 'apiKey',
  ROSTRUM_PUBLIC_URL: 'publicUrl',
  ROSTRUM_WORKERS: 'workers',
  DATABASE_URL: 'databaseUrl',
  ROSTRUM_MAX_SCRIPT: 'maxScriptLength',
  ROSTRUM_LINK_SECONDS: 'linkSeconds',
  ROSTRUM_HTTP_STATUSES: 'httpStatuses',
  ROSTRUM_JOGGAI_STATUS: 'joggaiStatus',
  ROSTRUM_CORS: 'corsOrigins',
  ROSTRUM_RATE_LIMIT: 'rateLimit',
  ROSTRUM_ALLOW_PRIVATE_URLS: 'allowPrivateUrls',
  ROSTRUM_CHECK_WEBHOOKS: 'checkWebhooks',
  ROSTRUM_MAX_UPLOAD: 'maxUploadBytes',
  ROSTRUM_IMAGE_MAKER: 'imageMaker',
  ROSTRUM_IMAGE_URL: 'imageMaker',
  ROSTRUM_IMAGE_KEY: 'imageMaker',
  ROSTRUM_IMAGE_MODEL: 'imageMaker',
  ROSTRUM_IMAGE_WORKFLOW: 'imageMaker',
} as const satisfies Readonly<Record<string, keyof Config>>

type Variable = keyof typeof VARIABLES

/**
 * The settings of this process: the environment over the defaults. Blank variables count as unset.
 * @throws Fault `invalid` naming the variable, what it holds and what would do.
 */
export function readConfig(environment: Environment = process.env): Config {
  const of = (name: Variable) => environment[name]?.trim() || null
  const whole = (name: Variable, from: number, to: number, fallback: number) => {
    const value = of(name)
    if (value === null) return fallback
    const number = Number(value)
    if (!/^\d+$/.test(value) || number < from || number > to)
      throw wrong(name, value, `a whole number from ${from} to ${to}`)
    return number
  }
  const address = (name: Variable, protocols: readonly string[], example: string) => {
    const value = of(name)
    if (value === null) return null
    const url = URL.canParse(value) ? new URL(value) : null
    if (!url || !protocols.includes(url.protocol))
      throw wrong(name, name === 'DATABASE_URL' ? '(hidden)' : value, `an address such as ${example}`)
    return value
  }
  const host = of('HOST') ?? DEFAULT_CONFIG.host
  if (/[\s/]/.test(host)) throw wrong('HOST', host, 'an address or a host name, such as 127.0.0.1 or 0.0.0.0')
  const key = of('ROSTRUM_API_KEY')
  if (key !== null && (key.length < 8 || /\s/.test(key))) {
    throw wrong('ROSTRUM_API_KEY', '(hidden)', 'at least 8 characters without spaces')
  }
  const oneOf = <const Words extends readonly string[]>(name: Variable, words: Words, fallback: Words[number]) => {
    const value = of(name) ?? fallback
    if (!words.includes(value)) throw wrong(name, value, words.join(' or '))
    return value as Words[number]
  }
  const imageMaker = (): ImageMakerConfig | null => {
    const kind = oneOf('ROSTRUM_IMAGE_MAKER', ['builtin', 'openai', 'automatic1111', 'comfyui'], 'builtin')
    if (kind === 'builtin') return null
    const usual = {
      openai: 'https://api.openai.com',
      automatic1111: 'http://127.0.0.1:7860',
      comfyui: 'http://127.0.0.1:8188',
    }
    const workflowPath = of('ROSTRUM_IMAGE_WORKFLOW')
    if (kind === 'comfyui' && workflowPath === null) {
      throw wrong('ROSTRUM_IMAGE_WORKFLOW', '', "a file with a workflow in ComfyUI's API format")
    }
    return {
      kind,
      url: address('ROSTRUM_IMAGE_URL', ['http:', 'https:'], usual[kind]) ?? usual[kind],
      key: of('ROSTRUM_IMAGE_KEY'),
      model: of('ROSTRUM_IMAGE_MODEL'),
      workflowPath,
    }
  }
  return {
    port: whole('PORT', 0, 65535, DEFAULT_CONFIG.port),
    host,
    dataFolder: of('ROSTRUM_DATA') ?? DEFAULT_CONFIG.dataFolder,
    apiKey: key,
    publicUrl:
      address('ROSTRUM_PUBLIC_URL', ['http:', 'https:'], 'https://videos.example.com')?.replace(/\/+$/, '') ?? null,
    workers: whole('ROSTRUM_WORKERS', 1, 64, Math.min(4, availableParallelism())),
    databaseUrl: address(
      'DATABASE_URL',
      ['postgres:', 'postgresql:'],
      'postgres://user:password@localhost:5432/rostrum',
    ),
    maxScriptLength: whole('ROSTRUM_MAX_SCRIPT', 1, 1_000_000, DEFAULT_CONFIG.maxScriptLength),
    linkSeconds: whole('ROSTRUM_LINK_SECONDS', 1, 10 * 365 * 24 * 3600, DEFAULT_CONFIG.linkSeconds),
    httpStatuses: oneOf('ROSTRUM_HTTP_STATUSES', ['vendor', 'rest'], DEFAULT_CONFIG.httpStatuses),
    joggaiStatus: oneOf('ROSTRUM_JOGGAI_STATUS', ['documented', 'live'], DEFAULT_CONFIG.joggaiStatus),
    corsOrigins: origins(of('ROSTRUM_CORS')),
    rateLimit: whole('ROSTRUM_RATE_LIMIT', 0, 1_000_000, DEFAULT_CONFIG.rateLimit),
    allowPrivateUrls: oneOf('ROSTRUM_ALLOW_PRIVATE_URLS', ['1', '0'], '0') === '1',
    checkWebhooks: oneOf('ROSTRUM_CHECK_WEBHOOKS', ['1', '0'], '0') === '1',
    maxUploadBytes: whole('ROSTRUM_MAX_UPLOAD', 1024, 2 ** 40, DEFAULT_CONFIG.maxUploadBytes),
    imageMaker: imageMaker(),
  }
}

function origins(value: string | null): readonly string[] {
  if (value === null) return DEFAULT_CONFIG.corsOrigins
  if (value === 'off') return []
  const list = value.split(',').map((each) => each.trim())
  const isOrigin = (each: string) => each === '*' || (URL.canParse(each) && new URL(each).origin === each)
  if (!list.every(isOrigin)) {
    throw wrong('ROSTRUM_CORS', value, '*, off, or origins such as https://app.example.com with commas between')
  }
  return list
}

/** Names in the environment that look like settings of ours and are none: most likely a slip of the pen. */
export function strangeVariables(environment: Environment = process.env): readonly string[] {
  return Object.keys(environment).filter((name) => name.startsWith('ROSTRUM_') && !Object.hasOwn(VARIABLES, name))
}

function wrong(name: Variable, value: string, remedy: string): Fault {
  return new Fault('invalid', `${name}=${value} cannot be used. Set it to ${remedy}, or leave it out.`, { field: name })
}
