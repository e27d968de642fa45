// Requests to addresses that others name: bounded in time, and never into private networks unless the operator allows it.
import { type LookupAddress, type LookupAllOptions, lookup as resolveName } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Fault, Invalid } from '../core/errors.ts'

/** What is sent. */
export type Outbound = {
  readonly url: string
  /** @default 'POST' */
  readonly method?: 'POST' | 'OPTIONS'
  readonly headers: Readonly<Record<string, string>>
  /** UTF-8. */
  readonly body: string
  /** From the first look at the name until the head of the answer. */
  readonly timeoutMs: number
  readonly allowPrivate: boolean
  readonly signal?: AbortSignal
  /** Looks names up. @default node:dns */
  readonly resolve?: Resolve
}

/** Gives all addresses of a name. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

// Special-purpose addresses that are not the public internet: the registries of RFC 6890.
const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv4')
}
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv6')
}

/** Whether an IP address is anything but the public internet. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return true
  return PRIVATE.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * Refuses an address that could never be called; names are looked up only when they are.
 * @param field the request field that it came in.
 * @throws Invalid
 */
export function checkUrl(field: string, url: string, allowPrivate: boolean): void {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw new Invalid(field, url, 'Send an address that begins with http:// or https://.')
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new Invalid(
      field,
      `${parsed.protocol}//...@${parsed.host}`,
      'Send an address without a user name and password.',
    )
  }
  const host = hostOf(parsed)
  const isLocal = host === 'localhost' || host.endsWith('.localhost') || (isIP(host) !== 0 && isPrivateAddress(host))
  if (isLocal && !allowPrivate) {
    throw new Invalid(
      field,
      url,
      'It lies in a private network. Send a public address, or let the operator set ROSTRUM_ALLOW_PRIVATE_URLS=1.',
    )
  }
}

/**
 * Sends a body and gives the status of the answer; redirects are not followed. The address is checked that is connected to.
 * @throws Fault `unavailable` where no answer came, with the reason.
 */
export function post({
  url,
  method = 'POST',
  headers,
  body,
  timeoutMs,
  allowPrivate,
  signal,
  resolve = resolveName,
}: Outbound): Promise<number> {
  const parsed = new URL(url)
  const host = hostOf(parsed)
  const request = parsed.protocol === 'https:' ? httpsRequest : httpRequest
  const limit = AbortSignal.timeout(timeoutMs)
  return new Promise((done, fail) => {
    const refuse = (cause: Error) => {
      const timedOut = limit.aborted && !signal?.aborted
      const words = timedOut ? `No answer came within ${timeoutMs / 1000} s.` : cause.message
      fail(cause instanceof Fault ? cause : new Fault('unavailable', words, { cause }))
    }
    if (isIP(host) !== 0 && isPrivateAddress(host) && !allowPrivate) return refuse(privateFault(host))
    const sent = request(
      parsed,
      {
        method,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        agent: false,
        lookup: publicLookup(allowPrivate, resolve),
        signal: signal ? AbortSignal.any([limit, signal]) : limit,
      },
      (response) => {
        done(response.statusCode ?? 0)
        response.on('error', () => {})
        response.destroy()
      },
    )
    sent.on('error', refuse)
    sent.end(body)
  })
}

/** Looks a name up and refuses it where any of its addresses is private: the connection takes what this gives. */
export function publicLookup(allowPrivate: boolean, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const wrong = allowPrivate ? undefined : addresses.find(({ address }) => isPrivateAddress(address))
      if (wrong) return callback(privateFault(`${hostname} (${wrong.address})`) as never, '', 0)
      if ((options as { all?: boolean }).all)
        return (callback as unknown as (e: null, a: unknown) => void)(null, addresses)
      callback(null, addresses[0]?.address ?? '', addresses[0]?.family ?? 0)
    })
  }
}

function privateFault(what: string): Fault {
  return new Fault('unavailable', `${what} lies in a private network, where this server sends nothing.`)
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
