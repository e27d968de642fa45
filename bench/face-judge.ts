// An outside judge of pictures: what a face-analysis model says of the gender and the age of who is in them.
import sharp from 'sharp'
import { loadFaceModels, loadHuman, type Tensor } from '../src/engines/faces/face-models.ts'

/** What the model says of one face. */
export type Verdict = { readonly gender: string; readonly genderScore: number; readonly age: number }

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
  ) => Promise<{ error: string | null; face: readonly Verdict[] }>
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
    return face
  }
}
