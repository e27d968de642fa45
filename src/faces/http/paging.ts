// Pages of lists: page and page_size, clamped rather than refused.
import { wholeNumber } from './fields.ts'

/** The query fields of a paged list; `limit` is what community clients send for page_size. */
export const pagingFields = {
  page: wholeNumber('a page number, from 1').optional(),
  page_size: wholeNumber('a number from 1 to 100').optional(),
  limit: wholeNumber('a number from 1 to 100').optional(),
}

/** One page of a list, how many there are in all, and whether there are more after it. */
export function pageOf<Item>(
  items: readonly Item[],
  asked: {
    readonly page?: number | undefined
    readonly page_size?: number | undefined
    readonly limit?: number | undefined
  },
): { items: readonly Item[]; total: number; hasMore: boolean } {
  const size = Math.min(100, Math.max(1, asked.page_size ?? asked.limit ?? 10))
  const start = (Math.max(1, asked.page ?? 1) - 1) * size
  return { items: items.slice(start, start + size), total: items.length, hasMore: start + size < items.length }
}
