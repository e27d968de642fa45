// From a picture of a person to a checked and cut-out photo: portraits of our own, spoilt by code in every way that is refused.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import sharp, { type Sharp } from 'sharp'
import type { Fault } from '../src/core/errors.ts'
import { loadFaceModels } from '../src/engines/faces/face-models.ts'
import { POINTS } from '../src/engines/faces/photo/face-mesh.ts'
import { findFace } from '../src/engines/faces/photo/find-face.ts'
import { findPerson } from '../src/engines/faces/photo/find-person.ts'
import type { Photo } from '../src/engines/faces/photo/photo.ts'
import { preparePhoto } from '../src/engines/faces/photo/prepare-photo.ts'
import type { Picture } from '../src/engines/faces/photo/read-picture.ts'
import { makePyramid } from '../src/engines/faces/photo/sample-patch.ts'
import { makePortrait } from './portrait.ts'

let portrait: Photo
let picture: Picture

before(async () => {
  portrait = await makePortrait('nora')
  picture = flatten(portrait)
})

/** The person in front of their background. */
function flatten({ width, height, rgb, matte, backdropRgb }: Photo): Picture {
  const out = rgb.map((value, i) => {
    const share = matte[Math.floor(i / 3)]! / 255
    return Math.round(value * share + backdropRgb[i]! * (1 - share))
  })
  return { width, height, rgb: out }
}

/** Changes a picture with sharp. */
async function change({ width, height, rgb }: Picture, how: (image: Sharp) => Sharp): Promise<Picture> {
  const { data, info } = await how(sharp(rgb, { raw: { width, height, channels: 3 } }))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) }
}

/** Draws SVG over the portrait, in its pixels. */
function drawOver(svg: string): Promise<Picture> {
  const { width, height } = picture
  const page = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${svg}</svg>`
  return change(picture, (image) => image.composite([{ input: Buffer.from(page) }]))
}

const find = async (one: Picture) => findFace(await loadFaceModels(), makePyramid(one))

const refused = async (one: Picture, reason: string) => {
  await assert.rejects(find(one), (fault: Fault) => {
    assert.equal(fault.kind, 'invalid')
    assert.equal(fault.reason, reason, fault.message)
    return true
  })
}

const point = (index: number): readonly [number, number] => [
  portrait.landmarks[index * 3]!,
  portrait.landmarks[index * 3 + 1]!,
]
const lens = ([x, y]: readonly [number, number], fill: string): string => {
  const size = portrait.faceBox.height
  return `<ellipse cx="${x}" cy="${y + size * 0.02}" rx="${size * 0.17}" ry="${size * 0.13}" fill="${fill}"/>`
}

describe('faces are found', () => {
  test('in a portrait: where it is, how it looks, 478 points', async () => {
    const { mesh, pose } = await find(picture)
    assert.equal(mesh.points.length, 478 * 3)
    const { x, y, width, height } = portrait.faceBox
    assert.ok(Math.abs(mesh.frame.x - (x + width / 2)) < width * 0.05)
    assert.ok(Math.abs(mesh.frame.y - (y + height / 2)) < height * 0.05)
    for (const angle of [pose.yaw, pose.pitch, pose.roll]) assert.ok(Math.abs(angle) < 0.15, `${angle}`)
    // The nose stands out towards the viewer.
    assert.ok(mesh.points[POINTS.noseTip * 3 + 2]! > mesh.points[POINTS.leftCheek * 3 + 2]! + width * 0.2)
  })

  test('in a tilted head, whose roll is told', async () => {
    const { pose } = await find(await change(picture, (image) => image.rotate(25, { background: '#888888' })))
    assert.ok(Math.abs(pose.roll - (25 * Math.PI) / 180) < 0.08, `${pose.roll}`)
  })

  test('small in a large picture', async () => {
    const edge = { top: 700, bottom: 700, left: 700, right: 700, background: '#778899' }
    const small = await change(picture, (image) => image.resize(320).extend(edge))
    const { mesh } = await find(small)
    assert.ok(mesh.frame.size > 110 && mesh.frame.size < 200, `${mesh.frame.size}`)
  })

  test('too small in a very large picture, which is then cut down around it', async () => {
    const edge = { top: 1170, bottom: 1170, left: 1200, right: 1200, background: '#778899' }
    const { width, height, rgb } = await change(picture, (image) => image.resize(270).extend(edge))
    const file = await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toBuffer()
    const found = await findPerson(await loadFaceModels(), file, {})
    assert.deepEqual([found.picture.width, found.picture.height], [2048, 2048])
    assert.ok(Math.abs(found.mesh.frame.x - 1024) < 30 && found.mesh.frame.y < 900)
  })

  test('behind clear glasses, and without colour', async () => {
    const frames = [POINTS.leftIris, POINTS.rightIris].map((eye) =>
      lens(point(eye), 'rgba(220,235,255,.1)').replace('/>', ' stroke="#222" stroke-width="6"/>'),
    )
    await find(await drawOver(frames.join('')))
    await find(await change(picture, (image) => image.modulate({ saturation: 0 })))
  })
})

describe('a picture is refused with its reason', () => {
  test('no face', () => refused({ ...picture, rgb: portrait.backdropRgb }, 'no-face'))

  test('several faces of like size', async () => {
    const { width, height, rgb } = picture
    const twin = await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer()
    const pair = await change(picture, (image) =>
      image.extend({ right: width }).composite([{ input: twin, left: width, top: 0 }]),
    )
    await refused(pair, 'several-faces')
  })

  test('a small face', async () => {
    const edge = { top: 300, bottom: 300, left: 300, right: 300, background: '#778899' }
    await refused(await change(picture, (image) => image.resize(160).extend(edge)), 'face-too-small')
  })

  test('a head that lies on its side', async () =>
    refused(await change(picture, (image) => image.rotate(90)), 'turned-too-far'))

  test('darkness', async () => refused(await change(picture, (image) => image.linear(0.12, 0)), 'too-dark'))

  test('blur', async () =>
    refused(await change(picture, (image) => image.blur(portrait.faceBox.height * 0.035)), 'too-blurred'))

  test('sunglasses, and a patch over one eye', async () => {
    const glasses = lens(point(POINTS.leftIris), '#0c0c0e') + lens(point(POINTS.rightIris), '#0c0c0e')
    await refused(await drawOver(glasses), 'eyes-hidden')
    await refused(await drawOver(lens(point(POINTS.rightIris), '#141414')), 'eyes-hidden')
  })

  test('a closed eye', async () => refused(flatten(await makePortrait('nora', { blinkLeft: 1 })), 'eyes-closed'))

  test('a mask', async () => {
    const [left, right, chin] = [point(POINTS.leftCheek), point(POINTS.rightCheek), point(POINTS.chin)]
    const top = point(POINTS.noseTip)[1]
    for (const fill of ['#8fb7d6', '#151517']) {
      const mask = `<path d="M ${left[0]} ${top} L ${right[0]} ${top} L ${right[0] - 20} ${chin[1]} Q ${chin[0]}
        ${chin[1] + 40} ${left[0] + 20} ${chin[1]} Z" fill="${fill}"/>`
      await refused(await drawOver(mask), 'mouth-hidden')
    }
  })
})

test('a portrait file becomes a photo: cut out cleanly, its background whole, its person read', async () => {
  const { width, height, rgb } = picture
  const file = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer()
  const shares: number[] = []
  const photo = await preparePhoto(file, { onProgress: (share) => shares.push(share) })
  assert.deepEqual([photo.width, photo.height], [width, height])
  assert.equal(photo.person.gender, 'female')
  assert.ok(photo.person.ageYears > 15 && photo.person.ageYears < 60)
  assert.equal(shares.at(-1), 1)
  // Against the matte that the portrait was painted with.
  let wrong = 0
  for (let i = 0; i < photo.matte.length; i++) wrong += Math.abs(photo.matte[i]! - portrait.matte[i]!) / 255
  assert.ok(wrong / photo.matte.length < 0.01, `${((wrong / photo.matte.length) * 100).toFixed(2)} % is wrong`)
  // The background behind the person is one colour here, and the filling must be that colour.
  let worst = 0
  for (let i = 0; i < photo.backdropRgb.length; i++) {
    worst = Math.max(worst, Math.abs(photo.backdropRgb[i]! - portrait.backdropRgb[i]!))
  }
  assert.ok(worst < 16, `the background is off by ${worst}`)
})
