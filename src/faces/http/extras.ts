// What every API takes beyond its own words: layouts, parts of the canvas, music, a watermark, cross-fades.
import { z } from 'zod'
import {
  type Area,
  type Background,
  CORNERS,
  MAX_CROSS_FADE,
  type MediaSource,
  MUSIC_VOLUME,
  type Stance,
  type VideoSpec,
  WATERMARK,
} from '../../core/spec.ts'
import { areasOf, SCENE_LAYOUTS, type SceneLayout } from '../../domain/scene-layouts.ts'
import { numberWithin, refusal, text, webAddress, word } from './fields.ts'

const file = {
  url: webAddress('an address that begins with http:// or https://').optional(),
  asset_id: text('the id of an uploaded file, as a string').optional(),
}
const area = (from: number, most: number) =>
  z.object(
    {
      left: numberWithin(from, 1),
      top: numberWithin(from, 1),
      width: numberWithin(0.02, most),
      height: numberWithin(0.02, most),
    },
    { error: 'an object such as {"left": 0, "top": 0, "width": 0.5, "height": 1}' },
  )

/** A part of the canvas that a character is seen in; it may reach over the edge. */
export const windowField = area(-1, 2)

/** A part of the canvas that a background is fitted to. */
export const areaField = area(0, 1)

/** How a character and what is behind share the canvas. */
export const layoutField = word(SCENE_LAYOUTS)

/** Music under the whole video. */
export const musicField = z.object(
  { ...file, volume: numberWithin(0, 1).default(MUSIC_VOLUME) },
  { error: 'an object such as {"url": "https://example.com/music.mp3", "volume": 0.4}' },
)

/** A picture over the whole video. */
export const watermarkField = z.object(
  {
    ...file,
    position: word(CORNERS, { 'top-right': 'top_right', 'top-left': 'top_left' }).default(WATERMARK.corner),
    size: numberWithin(0.02, 1).default(WATERMARK.size),
    opacity: numberWithin(0.05, 1).default(WATERMARK.opacity),
  },
  { error: 'an object such as {"url": "https://example.com/logo.png", "position": "top_right"}' },
)

/** Seconds in which two scenes are seen through each other. */
export const crossFadeField = numberWithin(0, MAX_CROSS_FADE)

/** What of a request these fields are. */
export type Extras = {
  readonly background_music?: z.output<typeof musicField> | undefined
  readonly watermark?: z.output<typeof watermarkField> | undefined
  readonly cross_fade?: number | undefined
}

/** A file of an extra, as the request names it. @param field the path of the extra. */
export type FindExtra = (
  named: { readonly url?: string | undefined; readonly asset_id?: string | undefined },
  kind: 'image' | 'audio',
  field: string,
) => MediaSource | Promise<MediaSource>

/** The extras of a whole video in a spec's words. @throws Fault `invalid` where a file is not named. */
export async function extrasOf(
  { background_music: music, watermark, cross_fade: seconds = 0 }: Extras,
  find: FindExtra,
): Promise<Pick<VideoSpec, 'music' | 'watermark' | 'crossFadeSeconds'>> {
  const found = (
    named: { url?: string | undefined; asset_id?: string | undefined },
    kind: 'image' | 'audio',
    field: string,
  ) => {
    if (named.url === undefined && named.asset_id === undefined) {
      throw refusal(`${field}.url`, undefined, 'the address of a file')
    }
    return find(named, kind, field)
  }
  return {
    ...(music ? { music: { source: await found(music, 'audio', 'background_music'), volume: music.volume } } : {}),
    ...(watermark
      ? {
          watermark: {
            source: await found(watermark, 'image', 'watermark'),
            corner: watermark.position,
            size: watermark.size,
            opacity: watermark.opacity,
          },
        }
      : {}),
    ...(seconds > 0 ? { crossFadeSeconds: seconds } : {}),
  }
}

/** A character's window by a layout, where it has none of its own. */
export function stanceIn(layout: SceneLayout | undefined, stance: Stance | undefined): Stance | undefined {
  if (layout === undefined || stance?.window) return stance
  return { ...stance, window: { shape: 'rectangle', area: areasOf(layout).character } }
}

/** A background with the part of the canvas that it is fitted to: what was asked for, or the layout's. */
export function backgroundIn(
  layout: SceneLayout | undefined,
  background: Background,
  asked: Area | undefined,
): Background {
  const area = asked ?? (layout === undefined ? null : areasOf(layout).background)
  const isPicture = background.kind === 'picture' || background.kind === 'video'
  return area && isPicture ? { ...background, area } : background
}
