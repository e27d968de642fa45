// The skins of the parametric human: which there are and where their pictures lie.
import { Fault } from '../../../core/errors.ts'
import { dataPath } from './makehuman.ts'

/** Each skin's folder and its picture of bare skin. */
const PICTURES: Readonly<Record<string, string>> = {
  young_caucasian_female: 'young_lightskinned_female_diffuse.png',
  young_caucasian_male: 'young_lightskinned_male_diffuse.png',
  young_asian_female: 'young_lightskinned_female_diffuse3.png',
  young_asian_male: 'young_lightskinned_male_diffuse3.png',
  young_african_female: 'young_darkskinned_female_diffuse.png',
  young_african_male: 'young_darkskinned_male_diffuse.png',
  middleage_caucasian_female: 'middleage_lightskinned_female_diffuse.png',
  middleage_caucasian_male: 'middleage_lightskinned_male_diffuse.png',
  middleage_asian_female: 'middleage_lightskinned_female_diffuse2.png',
  middleage_asian_male: 'middleage_lightskinned_male_diffuse2.png',
  middleage_african_female: 'middleage_darkskinned_female_diffuse.png',
  middleage_african_male: 'middleage_darkskinned_male_diffuse.png',
  old_caucasian_female: 'old_lightskinned_female_diffuse.png',
  old_caucasian_male: 'old_lightskinned_male_diffuse.png',
  old_asian_female: 'old_lightskinned_female_diffuse2.png',
  old_asian_male: 'old_lightskinned_male_diffuse2.png',
  old_african_female: 'old_darkskinned_female_diffuse.png',
  old_african_male: 'old_darkskinned_male_diffuse.png',
}

/** The names of all skins. */
export const SKINS: readonly string[] = Object.keys(PICTURES)

/**
 * The path of a skin's picture.
 * @throws Fault `invalid` for a skin that there is not
 */
export const skinPicture = (skin: string): string => {
  const picture = PICTURES[skin]
  if (!picture) throw new Fault('invalid', `there is no skin ${skin}; there are: ${SKINS.join(', ')}`)
  return dataPath('skins', skin, 'textures', picture)
}
