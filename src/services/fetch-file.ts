// Files from addresses that others name: bounded in size and time, and never out of private networks unless allowed.
import { lookup } from 'node:dns'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Fault } from '../core/errors.ts'
import { checkUrl, isPrivateAddress, publicLookup } from './outbound.ts'

/** What may be fetched. */
export type FetchOptions = {
  /** The file that it is written to. */
  readonly path: string
  readonly maxBytes: number
  readonly allowPrivate: boolean
  /** From the first look at the name until the last byte. @default 60_000 */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
  /** The request field that named the address, for what is told of it. */
  readonly field: string
}

const MOST_REDIRECTS = 5
const TIMEOUT_MS = 60_000

/**
 * Fetches a file; redirects are followed, each address checked anew, on the address that is connected to.
 * @throws Fault `invalid` with a reason that the one who named the address can act on; nothing is left behind.
 */
export async function fetchFile(url: string, options: FetchOptions): Promise<void> {
  const { path, timeoutMs = TIMEOUT_MS, signal, field } = options
  const limit = AbortSignal.timeout(timeoutMs)
  const both = signal ? AbortSignal.any([limit, signal]) : limit
  try {
    const response = await follow(url, options, both)
    await pipeline(response, atMost(options.maxBytes), createWriteStream(path), { signal: both })
  } catch (cause) {
    await rm(path, { force: true })
    signal?.throwIfAborted()
    if (cause instanceof Fault && cause.kind === 'invalid' && cause.field === field) throw cause
    const why = limit.aborted ? `it did not come within ${timeoutMs / 1000} s` : (cause as Error).message
    throw new Fault('invalid', `${field}: ${url} cannot be fetched: ${why}.`, { cause, field })
  }
}

async function follow(first: string, options: FetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  let url = first
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    checkUrl(options.field, url, options.allowPrivate)
    const response = await get(new URL(url), options.allowPrivate, signal)
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300) return response
    response.destroy()
    const { location } = response.headers
    if (status < 300 || status >= 400 || !location) throw new Error(`the server answered ${status}`)
    url = new URL(location, url).href
  }
  throw new Error(`it redirects more than ${MOST_REDIRECTS} times`)
}

function get(url: URL, allowPrivate: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && isPrivateAddress(host) && !allowPrivate) {
    return Promise.reject(new Error(`${host} lies in a private network`))
  }
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((done, fail) => {
    const headers = { 'user-agent': 'Rostrum', accept: '*/*' }
    const sent = request(url, { headers, agent: false, lookup: publicLookup(allowPrivate, lookup), signal }, done)
    sent.on('error', fail)
    sent.end()
  })
}

function atMost(maxBytes: number): Transform {
  let count = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      count += chunk.length
      if (count <= maxBytes) next(null, chunk)
      else next(new Error(`it is larger than ${Math.floor(maxBytes / 2 ** 20)} MB`))
    },
  })
}
