// An outside judge of pictures: what a face-analysis model says of the gender and the age of who is in them.
import sharp from 'sharp'
import type { PersonRequest } from '../src/domain/generate/wishes.ts'
import { loadFaceModels, loadHuman, type Tensor } from '../src/engines/faces/face-models.ts'

/** What the model says of one face; the gender is `unknown` and the age not a number where it says nothing. */
export type Verdict = { readonly gender: string; readonly genderScore: number; readonly age: number }

/** A word for an age, of the library or of a request. */
export type AgeGroup = PersonRequest['age']

/** Years that each word covers. */
const YEARS: Readonly<Record<AgeGroup, readonly [number, number]>> = {
  teenager: [13, 25],
  young_adult: [18, 35],
  adult: [35, 55],
  senior: [55, 120],
}
/** How far the model's age may lie outside a group and still count: its own mean error on photographs is larger. */
const SLACK_YEARS = 3

/** Whether what the model says of a face agrees with what is said of the person. */
export function agrees(face: Verdict | undefined, said: { readonly gender: string; readonly age: AgeGroup }) {
  const [from, to] = YEARS[said.age]
  return {
    gender: face?.gender === said.gender,
    age: face !== undefined && face.age >= from - SLACK_YEARS && face.age < to + SLACK_YEARS,
  }
}

/** Judges a picture: a path or the bytes of a file; every face in it. */
export type Judge = (picture: string | Uint8Array) => Promise<readonly Verdict[]>

/** Loads the models; the judge sees a whole picture as anybody would hand it in. */
export async function openJudge(): Promise<Judge> {
  await loadFaceModels()
  const human = await loadHuman()
  const everything = { face: { detector: { maxDetected: 5, minConfidence: 0.3 }, description: { enabled: true } } }
  const detect = human.detect as unknown as (
    input: Tensor,
    config: object,
  ) => Promise<{ error: string | null; face: readonly Partial<Verdict>[] }>
  return async (picture) => {
    const { data, info } = await sharp(picture)
      .removeAlpha()
      .resize({ width: 640 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    const input = human.tf.tensor(Float32Array.from(data), [1, info.height, info.width, 3])
    const { error, face } = await detect.call(human, input, everything)
    input.dispose()
    if (error) throw new Error(`The face model failed: ${error}`)
    return face.map(({ gender = 'unknown', genderScore = 0, age = Number.NaN }) => ({ gender, genderScore, age }))
  }
}
