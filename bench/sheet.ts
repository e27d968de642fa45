// A contact sheet of a finished video: `node bench/sheet.ts in.mp4 out.png [frames] [x,y,width,height]`.
import { framesOf, writeSheet } from './contact-sheet.ts'

const [input, output, count = '24', part] = process.argv.slice(2)
if (!input || !output) {
  console.error('usage: node bench/sheet.ts in.mp4 out.png [frames] [x,y,width,height]')
  process.exit(2)
}
const frames = Number(count)
const columns = Math.ceil(Math.sqrt(frames * (part ? 1 : 1.5)))
const [left, top, width, height] = part ? part.split(',').map(Number) : []
const crop = part ? { crop: { left: left!, top: top!, width: width!, height: height! } } : {}
await writeSheet(
  await framesOf(input, { frames, columns, cellWidth: Math.floor(1800 / columns), ...crop }),
  columns,
  output,
)
