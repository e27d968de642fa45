// A contact sheet of a finished video: `node bench/sheet.ts in.mp4 out.png [frames] [x,y,width,height]`, to be looked at.
import sharp from 'sharp'
import { decodeFrames } from '../src/engines/media/decode.ts'
import { planesToRgb } from '../src/engines/media/planes.ts'
import { probe } from '../src/engines/media/probe.ts'

const [input, output, count = '24', crop] = process.argv.slice(2)
if (!input || !output) {
  console.error('usage: node bench/sheet.ts in.mp4 out.png [frames] [x,y,width,height]')
  process.exit(2)
}
const facts = await probe(input)
const [x, y, width, height] = crop ? crop.split(',').map(Number) : [0, 0, facts.width, facts.height]
const wanted = Number(count)
const columns = Math.ceil(Math.sqrt(wanted * (crop ? 1 : 1.5)))
const cellWidth = Math.min(width!, Math.floor(1800 / columns))
const cellHeight = Math.round((cellWidth * height!) / width!)
const step = facts.frameCount / wanted
const cells: Buffer[] = []
for await (const frame of decodeFrames(input)) {
  if (frame.index < Math.floor(cells.length * step) || cells.length >= wanted) continue
  cells.push(
    await sharp(planesToRgb(frame), { raw: { width: frame.width, height: frame.height, channels: 3 } })
      .extract({ left: x!, top: y!, width: width!, height: height! })
      .resize(cellWidth, cellHeight)
      .png()
      .toBuffer(),
  )
}
await sharp({
  create: {
    width: columns * cellWidth,
    height: Math.ceil(cells.length / columns) * cellHeight,
    channels: 3,
    background: '#222222',
  },
})
  .composite(
    cells.map((cell, index) => ({
      input: cell,
      left: (index % columns) * cellWidth,
      top: Math.floor(index / columns) * cellHeight,
    })),
  )
  .png()
  .toFile(output)
