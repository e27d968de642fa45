// Which painter and encoder render here: segments of others are not theirs.
import { ENCODER_VERSION } from '../engines/media/version.ts'
import { PAINTER_VERSION } from '../engines/painter/version.ts'
import { PICTURES_VERSION } from '../engines/pictures/version.ts'

/** Part of every segment's address; a video that was prepared for others is prepared anew. */
export const RENDERER_VERSIONS: readonly string[] = [PAINTER_VERSION, PICTURES_VERSION, ENCODER_VERSION]
