// The voices, as the floors above use them.
export { VOICES } from './catalogue.ts'
export { findVoice } from './find-voice.ts'
export { warmFlite as warmVoices } from './flite.ts'
export { hear } from './hearing/hear.ts'
export { speak } from './speak.ts'
