// For tests: two hundred picture files that are odd, broken or made to harm, the same ones every time.
import { crc32, deflateSync } from 'node:zlib'
import sharp, { type Sharp } from 'sharp'
import { chance } from '../../../domain/random.ts'

/** A file and what must become of it. */
export type HostilePicture = {
  readonly name: string
  readonly bytes: Uint8Array
  /** `right`: the test picture; `either`: that or a refusal; `any`: any picture or a refusal. */
  readonly must: 'right' | 'refused' | 'either' | 'any'
}

export const TEST_WIDTH = 200
export const TEST_HEIGHT = 160

/** The test picture: red at the top left, green at the right, blue at the bottom, soft in between. */
export function testPixel(x: number, y: number): readonly [number, number, number] {
  const right = x / (TEST_WIDTH - 1)
  const down = y / (TEST_HEIGHT - 1)
  return [200 * (1 - right) * (1 - down) + 30, 180 * right + 30, 180 * down + 30]
}

/** A HEIC of 160 x 120, red at the top and blue at the bottom: there is no encoder at hand. */
export const SMALL_HEIC = Buffer.from(
  'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAT9tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5w' +
    'aXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAFjAAEAAAAAAAAApQAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGh2YzEA' +
    'AAAAv2lwcnAAAAChaXBjbwAAAHVodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEA' +
    'AQAoQgEBA3AAAAMAkAAAAwAAAwAeoBQgeWW6kkprmwIAAAMAAgAAAwACECIAAQAHRAHBcrBiQAAAABRpc3BlAAAAAAAAAKAAAAB4AAAA' +
    'EHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAoMAAACtbWRhdAAAAKEoAa8J0eXAI0SmmcMkits3qyXuTkM+b7GWdofLff0r' +
    'TVSoC2j5VjcCTsGK4UjL63YU0SR9O5Sauaz8F07K3+FXNbbUSyL1IFgRUP099fKTaHEyeLDnS44I4orQX+WG5rxPyuvG3y7kBlZuhSil' +
    'UMEyYqn3GPqqZ6CtFJQD0rLOWjQ3u/Ec1ycnVOayHdKTBoftZ9EABdqOCus1gHKSnqUaHA==',
  'base64',
)

function testPicture(): Sharp {
  const rgb = new Uint8Array(TEST_WIDTH * TEST_HEIGHT * 3)
  for (let y = 0; y < TEST_HEIGHT; y++) {
    for (let x = 0; x < TEST_WIDTH; x++) rgb.set(testPixel(x, y).map(Math.round), (y * TEST_WIDTH + x) * 3)
  }
  return sharp(rgb, { raw: { width: TEST_WIDTH, height: TEST_HEIGHT, channels: 3 } })
}

/** Makes them all; takes about two seconds. */
export async function hostilePictures(): Promise<HostilePicture[]> {
  const sound = await soundPictures()
  return [
    ...sound,
    ...turnedPictures(sound),
    ...strangers(),
    ...liars(),
    ...cutPictures(sound),
    ...bittenPictures(sound),
  ]
}

async function soundPictures(): Promise<HostilePicture[]> {
  const make = (adapt: (picture: Sharp) => Sharp): Promise<Uint8Array> => adapt(testPicture()).toBuffer()
  const frames = await Promise.all([testPicture(), testPicture().negate()].map((picture) => picture.png().toBuffer()))
  const animated = (): Sharp => sharp(frames, { join: { animated: true } })
  const files: Record<string, Promise<Uint8Array>> = {
    'plain JPEG': make((p) => p.jpeg({ quality: 95 })),
    'progressive JPEG': make((p) => p.jpeg({ quality: 95, progressive: true })),
    'CMYK JPEG': make((p) => p.toColourspace('cmyk').jpeg({ quality: 98 })),
    'JPEG with a wide profile': make((p) => p.withIccProfile('p3').jpeg({ quality: 95 })),
    'JPEG turned by a number that means nothing': make((p) =>
      p.withMetadata({ orientation: 1 }).jpeg({ quality: 95 }),
    ).then((bytes) => withOrientation(bytes, 99)),
    'plain PNG': make((p) => p.png()),
    'interlaced PNG': make((p) => p.png({ progressive: true })),
    '16-bit PNG': make((p) => p.toColourspace('rgb16').png()),
    '16-bit PNG with alpha': make((p) => p.ensureAlpha().toColourspace('rgb16').png()),
    'PNG of a palette': make((p) => p.png({ palette: true, colours: 256, dither: 0.5 })),
    'plain WebP': make((p) => p.webp({ quality: 95 })),
    'lossless WebP': make((p) => p.webp({ lossless: true })),
    'animated WebP': animated().webp({ lossless: true }).toBuffer(),
    'animated GIF': animated().gif().toBuffer(),
    'plain AVIF': make((p) => p.avif({ quality: 90, effort: 0 })),
    'deep AVIF': make((p) => p.toColourspace('rgb16').avif({ quality: 90, effort: 0, bitdepth: 10 })),
  }
  return Promise.all(
    Object.entries(files).map(async ([name, bytes]) => ({ name, bytes: await bytes, must: 'right' as const })),
  )
}

/** The eight ways a camera may have been held. */
function turnedPictures(sound: readonly HostilePicture[]): HostilePicture[] {
  const plain = sound[0]!.bytes
  return [2, 3, 4, 5, 6, 7, 8].map((orientation) => ({
    name: `JPEG turned by ${orientation}`,
    bytes: withOrientation(plain, orientation),
    must: 'any',
  }))
}

/** Puts an EXIF segment that only tells the orientation behind a JPEG's first marker. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  const body = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff]
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1, 0, body.length + 2, ...body]), jpeg.subarray(2)])
}

/** Files that are something else. */
function strangers(): HostilePicture[] {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400"><rect width="400" height="400"/></svg>'
  const texts: Record<string, string> = {
    'nothing at all': '',
    'one byte': 'x',
    'two bytes of a JPEG': '\xff\xd8',
    'plain text': 'A portrait of a lady, oil on canvas. '.repeat(20),
    SVG: svg,
    'SVG behind a declaration': `<?xml version="1.0"?>\n${svg}`,
    'SVG behind spaces': `  \n\t${svg}`,
    'SVG that asks for a file': svg.replace('<rect', '<image href="file:///etc/passwd" width="9" height="9"/><rect'),
    'SVG with entities in entities': `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${svg}`,
    HTML: '<!doctype html><html><body><img src="a.png"></body></html>',
    PDF: '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n',
    ZIP: 'PK\x03\x04\x14\x00\x00\x00',
    ELF: '\x7fELF\x02\x01\x01',
    BMP: `BM${'\0'.repeat(200)}`,
    TIFF: `II*\0\x08\0\0\0${'\0'.repeat(200)}`,
    PSD: `8BPS\0\x01${'\0'.repeat(200)}`,
    ICO: `\0\0\x01\0\x01\0${'\0'.repeat(200)}`,
    MP3: `ID3\x03${'\0'.repeat(200)}`,
    WAV: `RIFF\x24\0\0\0WAVEfmt ${'\0'.repeat(200)}`,
    MP4: `\0\0\0\x18ftypmp42\0\0\0\0mp42isom${'\0'.repeat(200)}`,
    'a JPEG head and SVG behind it': `\xff\xd8\xff${svg}`,
    'a PNG head and SVG behind it': `\x89PNG\r\n\x1a\n${svg}`,
    'an AVIF head and nothing behind it': '\0\0\0\x18ftypavif\0\0\0\0avifmif1',
    'a HEIC head and nothing behind it': '\0\0\0\x18ftypheic\0\0\0\0heicmif1',
    'a HEIC head and noise behind it': `\0\0\0\x18ftypheic\0\0\0\0heicmif1${'abc\x01\x02'.repeat(50)}`,
    'a WebP head and nothing behind it': 'RIFF\x24\0\0\0WEBPVP8 ',
    'a GIF head and nothing behind it': 'GIF89a',
  }
  const files = Object.entries(texts).map(([name, text]) => ({ name, bytes: Buffer.from(text, 'latin1') }))
  for (let seed = 0; seed < 6; seed++) {
    const bytes = Buffer.from(Array.from({ length: 500 }, (_, i) => Math.floor(chance(seed, i) * 256)))
    files.push({ name: `noise ${seed}`, bytes })
  }
  return files.map((file) => ({ ...file, must: 'refused' }))
}

/** Files whose head promises what is not there or what nobody could hold. */
function liars(): HostilePicture[] {
  const sizes = [
    [0, 0],
    [0, 400],
    [400, 0],
    [1, 1],
    [8, 8],
    [100_000, 100_000],
    [60_000, 60_000],
    [2_147_483_647, 2_147_483_647],
    [4_294_967_295, 1],
    [30_000, 4000],
    [120, 120_000],
    [9000, 10],
    [300, 300],
  ] as const
  const pngs = sizes.map(([width, height]) => ({
    name: `PNG that says ${width} x ${height}`,
    bytes: png(width, height, deflateSync(Buffer.alloc(1000))),
  }))
  const gifs = sizes
    .filter(([width, height]) => Math.max(width, height) < 65_536 && width !== 300)
    .map(([width, height]) => ({ name: `GIF that says ${width} x ${height}`, bytes: gif(width, height) }))
  const many = png(20_000, 20_000, deflateSync(Buffer.alloc(30_000_000)))
  return [...pngs, ...gifs, { name: 'PNG bomb of 400 million pixels', bytes: many }].map((file) => ({
    ...file,
    must: 'refused',
  }))
}

/** Each sound file cut short at several places. */
function cutPictures(sound: readonly HostilePicture[]): HostilePicture[] {
  return sound.flatMap(({ name, bytes }) =>
    [0.03, 0.3, 0.6, 0.9].map((share): HostilePicture => {
      const kept = bytes.subarray(0, Math.floor(bytes.length * share))
      return {
        name: `${name}, ${share * 100} % of it`,
        bytes: kept,
        must: name.includes('animated') ? 'any' : 'either',
      }
    }),
  )
}

/** Each sound file with some bytes changed: most decoders cannot tell. */
function bittenPictures(sound: readonly HostilePicture[]): HostilePicture[] {
  const files: HostilePicture[] = []
  for (const [index, { name, bytes }] of sound.entries()) {
    for (let seed = 0; seed < 4; seed++) {
      const bitten = Uint8Array.from(bytes)
      for (let bite = 0; bite < 6; bite++) {
        bitten[Math.floor(chance(seed, index, bite, 1) * bitten.length)] = Math.floor(
          chance(seed, index, bite, 2) * 256,
        )
      }
      files.push({ name: `${name}, bitten ${seed}`, bytes: bitten, must: 'any' })
    }
  }
  return files
}

/** A PNG of one grey channel. @param data what stands for its pixels, deflated. */
export function png(width: number, height: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([magic, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

function gif(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.write('GIF89a', 'latin1')
  head.writeUInt16LE(width, 6)
  head.writeUInt16LE(height, 8)
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0x4c, 0x01, 0, 0x3b])
  frame.writeUInt16LE(width, 5)
  frame.writeUInt16LE(height, 7)
  return Buffer.concat([head, frame])
}
