// A life report as lines of text.
import { type LifeReport, type PathFigures, STRETCH } from './life-report.ts'

/** The report for people, a line an item. */
export function describeLife({ blinks, head, mostAlike, seconds }: LifeReport): string {
  const path = ({ range, medianThird, largestThird, atFrame }: PathFigures, unit: string): string =>
    `${range.toFixed(1)} ${unit} in all; third difference ${medianThird.toFixed(2)} usually, ${largestThird.toFixed(2)} at most (frame ${atFrame})`
  const ms = (value: number | null): string => (value === null ? 'unknown' : `${value.toFixed(0)} ms`)
  const lines: [string, string][] = [
    ['blinks', `${blinks.seconds.length} in ${seconds.toFixed(1)} s, ${blinks.perMinute.toFixed(1)} a minute`],
    [
      'intervals',
      `${blinks.intervals.map((value) => value.toFixed(2)).join(', ') || 'none'} s; ${blinks.intervalsAgain} come again`,
    ],
    ['lids', `close in ${ms(blinks.closingMs)}, open in ${ms(blinks.openingMs)} (10 to 90 %)`],
    ['head across', path(head.x, '% of the eyes')],
    ['head down', path(head.y, '% of the eyes')],
    ['head turn', path(head.yaw, 'degrees')],
    ['head tilt', path(head.roll, 'degrees')],
  ]
  if (mostAlike) {
    const [a, b] = mostAlike.atSeconds
    const where = `at ${a.toFixed(1)} s and ${b.toFixed(1)} s`
    lines.push([
      'repeats',
      `two stretches of ${STRETCH} s are alike to r = ${mostAlike.correlation.toFixed(2)} ${where}`,
    ])
  }
  return lines.map(([name, value]) => `${name.padEnd(12)}${value}`).join('\n')
}
