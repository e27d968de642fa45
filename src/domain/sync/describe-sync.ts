// A sync report as lines of text.
import { CLOSED_SHARE, CLOSURE_REACH, MOVED_SHARE, SILENCE_MARGIN, type SyncReport } from './sync-report.ts'

const SOURCES: Readonly<Record<SyncReport['timesFrom'], string>> = {
  exact: 'the voice that spoke (exact)',
  aligned: 'the text, aligned to the sound',
  estimated: 'the text, estimated',
  sound: 'the sound alone (estimated from its loudness): nothing is known of the phones',
}

/** The report for people, a line an item. */
export function describeSync(report: SyncReport): string {
  const lines: [string, string][] = [
    ['times from', SOURCES[report.timesFrom]],
    ['face found', `in ${report.framesWithFace} of ${report.frameCount} frames`],
  ]
  if (report.restingGap !== null) {
    lines.push(['lips at rest', `read as ${percent(report.restingGap)} of the widest reading; gaps count from there`])
  }
  const { closures, movingInSilence, offset, onsets } = report
  if (closures) {
    const rule = `gap under ${percent(CLOSED_SHARE)} of the widest within ${CLOSURE_REACH * 1000} ms`
    lines.push(['p, b, m closed', `${closures.closed} of ${closures.count}, ${percent(closures.share)} (${rule})`])
  }
  if (report.openToClosed !== null) lines.push(['open to closed', `${report.openToClosed.toFixed(1)} : 1`])
  if (movingInSilence) {
    const rule = `change over ${percent(MOVED_SHARE)} of the widest from frame to frame, ${SILENCE_MARGIN * 1000} ms off speech`
    lines.push([
      'lips in silence',
      `moving in ${percent(movingInSilence.share)} of ${movingInSilence.frames} frames (${rule})`,
    ])
  }
  if (report.correlation !== null) lines.push(['gap against plan', `r = ${report.correlation.toFixed(3)}`])
  if (onsets) {
    const signed = `${onsets.mean > 0 ? '+' : ''}${onsets.mean.toFixed(0)}`
    const errors = `p50 ${onsets.p50.toFixed(0)} ms, p95 ${onsets.p95.toFixed(0)} ms, mean ${signed} ms`
    lines.push(['onset error', `${errors} (${onsets.count} onsets; negative: lips first)`])
  }
  if (offset) {
    const side = offset.soundEarlyMs >= 0 ? 'early' : 'late'
    const words = `${offset.verdict} by ITU-R BT.1359`
    lines.push(['sound', `${Math.abs(offset.soundEarlyMs).toFixed(0)} ms ${side}, ${words}`])
  } else {
    lines.push(['sound', 'nothing in common with the lips'])
  }
  const width = Math.max(...lines.map(([name]) => name.length))
  const text = lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`)
  if (report.phones.length > 0) text.push('', 'phone  count   gap  width  closed')
  for (const { phone, count, meanGap, meanWidth, closed } of report.phones) {
    const figures = [String(count).padStart(5), percent(meanGap).padStart(5), percent(meanWidth).padStart(6)]
    text.push(`${phone.padEnd(5)}  ${figures.join(' ')} ${percent(closed).padStart(7)}`)
  }
  return text.join('\n')
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
