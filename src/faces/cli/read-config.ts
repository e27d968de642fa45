// The one reader of the environment: every setting, checked, with a word on what would do.
import { availableParallelism } from 'node:os'
import { type Config, DEFAULT_CONFIG } from '../../core/config.ts'
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
  const statuses = of('ROSTRUM_HTTP_STATUSES') ?? DEFAULT_CONFIG.httpStatuses
  if (statuses !== 'vendor' && statuses !== 'rest') throw wrong('ROSTRUM_HTTP_STATUSES', statuses, 'vendor or rest')
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
    httpStatuses: statuses,
  }
}

/** Names in the environment that look like settings of ours and are none: most likely a slip of the pen. */
export function strangeVariables(environment: Environment = process.env): readonly string[] {
  return Object.keys(environment).filter((name) => name.startsWith('ROSTRUM_') && !Object.hasOwn(VARIABLES, name))
}

function wrong(name: Variable, value: string, remedy: string): Fault {
  return new Fault('invalid', `${name}=${value} cannot be used. Set it to ${remedy}, or leave it out.`, { field: name })
}
