// Addresses of our own files, as clients send them back: read from the store, not fetched.
import type { Services } from '../../services/open.ts'

/** The file key in a link that this server signed and that still works, or null for any other address. */
export function keyInLink(url: string, { files }: Services): string | null {
  if (!URL.canParse(url)) return null
  const { pathname, searchParams } = new URL(url)
  if (!pathname.startsWith('/files/')) return null
  const key = pathname.slice('/files/'.length)
  const link = { key, expires: searchParams.get('expires'), signature: searchParams.get('signature') }
  return files.verify(link) === 'ok' ? key : null
}
