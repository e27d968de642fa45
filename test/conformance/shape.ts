// Whole answers checked by shape: types as the contracts name them, no key too many, none missing.

/** What a value must be: itself, a pattern, a test that complains in words, a list of shapes, or an object of shapes. */
export type Shape =
  | null
  | string
  | number
  | boolean
  | RegExp
  | ((value: unknown) => string | null)
  | readonly Shape[]
  | { readonly [key: string]: Shape }

const test = (what: string, isSo: (value: never) => boolean) => (value: unknown) =>
  isSo(value as never) ? null : `is ${JSON.stringify(value)?.slice(0, 80)}, not ${what}`

/** The types that the contracts name. */
export const is = {
  int: test('a whole number', (value: number) => Number.isInteger(value)),
  number: test('a number', (value: number) => typeof value === 'number' && Number.isFinite(value)),
  text: test('a string', (value: string) => typeof value === 'string'),
  filled: test('a string that is not empty', (value: string) => typeof value === 'string' && value !== ''),
  flag: test('true or false', (value: boolean) => typeof value === 'boolean'),
  hex: test('32 hex digits', (value: string) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)),
  url: test('an address', (value: string) => typeof value === 'string' && /^https?:\/\//.test(value)),
  /** A list of any length; every member has the shape. */
  list: (of: Shape) => (value: unknown) => {
    if (!Array.isArray(value)) return test('a list', () => false)(value)
    return value.map((each, index) => complaint(of, each, `[${index}]`)).find((each) => each !== null) ?? null
  },
  /** The same, and there is at least one. */
  some: (of: Shape) => (value: unknown) =>
    Array.isArray(value) && value.length === 0 ? 'is an empty list' : is.list(of)(value),
  either:
    (...shapes: readonly Shape[]) =>
    (value: unknown) => {
      const complaints = shapes.map((shape) => complaint(shape, value))
      return complaints.some((each) => each === null) ? null : complaints.join(' and ')
    },
  orNull: (shape: Shape) => is.either(null, shape),
}

/** What is wrong with a value, with the path to it, or null. */
export function complaint(shape: Shape, value: unknown, path = ''): string | null {
  if (typeof shape === 'function') {
    const words = shape(value)
    return words === null ? null : `${path} ${words}`
  }
  if (shape instanceof RegExp) {
    return typeof value === 'string' && shape.test(value)
      ? null
      : `${path} is ${JSON.stringify(value)}, not like ${shape}`
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return `${path} is ${JSON.stringify(value)}, not a list`
    if (value.length !== shape.length) return `${path} has ${value.length} members, not ${shape.length}`
    return shape.map((each, i) => complaint(each, value[i], `${path}[${i}]`)).find((each) => each !== null) ?? null
  }
  if (typeof shape === 'object' && shape !== null) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return `${path} is ${JSON.stringify(value)}, not an object`
    }
    const known = shape as Readonly<Record<string, Shape>>
    const extra = Object.keys(value).filter((key) => !(key in known))
    if (extra.length > 0) return `${path} has ${extra.join(', ')} too`
    for (const [key, each] of Object.entries(known)) {
      if (!(key in value)) return `${path} has no ${key}`
      const words = complaint(each, (value as Record<string, unknown>)[key], `${path}.${key}`)
      if (words !== null) return words
    }
    return null
  }
  return Object.is(shape, value) ? null : `${path} is ${JSON.stringify(value)}, not ${JSON.stringify(shape)}`
}
