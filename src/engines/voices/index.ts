// The voices, as the floors above use them.
export { VOICES } from './catalogue.ts'
export { findVoice } from './find-voice.ts'
export { warmFlite as warmVoices } from './flite.ts'
export { speak } from './speak.ts'
