// One request to a maker of pictures: bounded in time and size, and every failure in words.
import { Fault } from '../../core/errors.ts'

/** Milliseconds that a maker may take: a slow card needs minutes for one picture. */
const PATIENCE_MS = 300_000
/** Bytes: a picture of 4096 x 4096 as PNG in base64 is well below. */
const MOST_BYTES = 100_000_000

/** What is asked. */
export type Question = {
  readonly url: string
  readonly key: string | null
  /** Sent as JSON by POST; absent: GET. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** The answer's bytes. @throws Fault `unavailable`; the signal's reason where it is aborted. */
export async function askMaker({ url, key, body, signal }: Question): Promise<Uint8Array> {
  const host = new URL(url).host
  const timeout = AbortSignal.timeout(PATIENCE_MS)
  try {
    const answer = await fetch(url, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    const bytes = await readBounded(answer, host)
    if (!answer.ok) throw gone(host, `answered ${answer.status}: ${new TextDecoder().decode(bytes).slice(0, 300)}`)
    return bytes
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof Fault) throw cause
    throw gone(host, timeout.aborted ? `did not answer within ${PATIENCE_MS / 1000} s` : 'cannot be reached', cause)
  }
}

/** Like {@link askMaker}, for answers in JSON. */
export async function askMakerJson<Answer>(question: Question): Promise<Answer> {
  const text = new TextDecoder().decode(await askMaker(question))
  try {
    return JSON.parse(text) as Answer
  } catch (cause) {
    throw gone(new URL(question.url).host, `sent no JSON but: ${text.slice(0, 100)}`, cause)
  }
}

/** A maker that failed. */
export const gone = (host: string, what: string, cause?: unknown): Fault =>
  new Fault('unavailable', `The image maker ${host} ${what}. Check ROSTRUM_IMAGE_URL and the maker itself.`, { cause })

/** Bytes of base64, with or without a data address before it. */
export const fromBase64 = (text: string): Uint8Array => Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64')

async function readBounded(answer: Response, host: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer.body ?? []) {
    size += part.length
    if (size > MOST_BYTES) throw gone(host, `sent more than ${MOST_BYTES / 1e6} MB`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}
