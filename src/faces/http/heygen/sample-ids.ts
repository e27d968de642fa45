// Ids that stand in HeyGen's documents and in everybody's first scripts, and who stands in for them here.

/** HeyGen's public avatars that samples name, and who of ours is shown; the best known are aliases in the recipes. */
export const SAMPLE_AVATARS: ReadonlyMap<string, string> = new Map([
  ['Tyler-incasualsuit-20220721', 'daniel'],
  ['Tyler_sitting_20240711', 'daniel'],
  ['Wayne_20240711', 'ken'],
  ['Justin_public_3_20240308', 'arjun'],
  ['Eric_public_pro2_20230608', 'omar'],
  ['Brandon_expressive3_public', 'kwame'],
  ['Kristin_public_2_20240108', 'emily'],
  ['Angela-inblackskirt-20220820', 'maya'],
  ['Anna_public_20240108', 'chloe'],
  ['Anna_public_3_20240108', 'chloe'],
  ['Monica_inSleeveless_20220819', 'layla'],
  ['Kayla-incasualsuit-20220818', 'mei'],
  ['Briana_public_3_20240110', 'amara'],
  ['Susan_public_2_20240328', 'ingrid'],
  ['Abigail_expressive_2024112501', 'nora'],
  ['Lina_Dress_Sitting_Side_public', 'layla'],
])

/** HeyGen's English voices that samples name, by gender. */
export const SAMPLE_VOICES: ReadonlyMap<string, 'female' | 'male'> = new Map([
  ['1bd001e7e50f421d891986aad5158bc8', 'female'],
  ['2f72ee82b83d4b00af16c4771d611752', 'female'],
  ['2d5b0e6cf36f460aa7fc47e3eee4ba54', 'female'],
  ['131a436c47064f708210df6628ef8f32', 'female'],
  ['077ab11b14f04ce0b49b5f6e5cc20979', 'male'],
  ['119caed25533477ba63822d5d1552d25', 'male'],
])
