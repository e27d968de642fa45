// What a face tells of its person: the gender and age that a viewer would guess.
import type { FaceModels } from '../face-models.ts'
import { type Patch, type Pyramid, samplePatch } from './sample-patch.ts'

/** A guess, for choosing a voice. */
export type Person = { readonly gender: 'female' | 'male'; readonly ageYears: number }

const INPUT = 224
/** The model's crop over the face's points. Source: the library's own framing of it. */
const CROP_SCALE = 1.4

/** Guesses from a face. @param frame the square around its points. */
export async function readPerson({ tf, models }: FaceModels, pyramid: Pyramid, frame: Patch): Promise<Person> {
  const crop = { ...frame, size: frame.size * CROP_SCALE }
  const input = tf.tensor(samplePatch(pyramid, crop, INPUT, 255), [1, INPUT, INPUT, 3])
  const outputs = models.faceres.execute(input)
  const of = async (length: number) => (await outputs.find(({ shape }) => shape[1] === length)?.data()) ?? []
  const [male = 0] = await of(1)
  // The model gives each year of age its likelihood; their mean is steadier than the likeliest.
  let ageYears = 0
  for (const [year, likelihood] of (await of(100)).entries()) ageYears += year * likelihood
  for (const tensor of [input, ...outputs]) tensor.dispose()
  return { gender: male > 0.5 ? 'male' : 'female', ageYears: Math.round(ageYears) }
}
