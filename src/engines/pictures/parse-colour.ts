// Colours as users write them.
import { Invalid } from '../../core/errors.ts'

/**
 * `#rrggbb` to red, green and blue, 0-255.
 *
 * @param field what to name in the error.
 * @throws Invalid where it is not of that form.
 */
export function parseColour(color: string, field: string): readonly [number, number, number] {
  if (!/^#[0-9a-f]{6}$/i.test(color))
    throw new Invalid(field, color, 'Write six hex digits after a hash, like #1f2937.')
  const value = Number.parseInt(color.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
