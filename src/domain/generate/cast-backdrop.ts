// Casts what stands behind people: the place that words ask for in its usual or in the wished colours.
import type { Backdrop, PlaceBackdrop } from '../../core/backdrop.ts'
import type { Avatar } from '../../core/library.ts'
import { clothColour } from './cast-clothes.ts'
import type { Draw } from './draw.ts'
import type { BackgroundWishes, Place } from './read-background.ts'
import type { PersonRequest } from './wishes.ts'

/** Wall and glow of studios: calm ones for `classic`, bright ones for `modern`. */
const STUDIOS: Readonly<Record<PersonRequest['model'], readonly (readonly [string, string])[]>> = {
  classic: [
    ['#7d8892', '#cfd6db'],
    ['#8f8377', '#ddd3c6'],
    ['#6f7f86', '#bccad0'],
    ['#86807f', '#d6d0cd'],
  ],
  modern: [
    ['#c3cdd6', '#f4f6f8'],
    ['#d8cabb', '#f8f1e8'],
    ['#9fc0c6', '#e6f2f3'],
    ['#d3c3cd', '#f5ecf1'],
  ],
}

/** Main colour and accent of places by day. */
const COLOURS: Readonly<Record<PlaceBackdrop['kind'], readonly (readonly [string, string])[]>> = {
  office: [
    ['#b9bfc4', '#6b5a48'],
    ['#c9c4bb', '#4f5f6b'],
    ['#aab4ba', '#7a5c44'],
    ['#c4c9c2', '#5b6b5a'],
  ],
  bookshelf: [
    ['#7a5232', '#b98a3e'],
    ['#6a4630', '#a87a3a'],
    ['#5a4636', '#8d6f4a'],
    ['#8a6a4a', '#5f7a6a'],
  ],
  skyline: [
    ['#9fc0e0', '#46505c'],
    ['#b4cbdc', '#5a5148'],
    ['#8fb4d8', '#3c4a58'],
    ['#c3cfd8', '#4c4f58'],
  ],
  park: [
    ['#4d7a35', '#ffe9a8'],
    ['#5a8a44', '#fff2c8'],
    ['#46703a', '#f8e0a0'],
    ['#6a8f48', '#ffeebc'],
  ],
  newsroom: [
    ['#2b4f9a', '#d8343c'],
    ['#23506a', '#e0a030'],
    ['#2f3f78', '#4fa8d8'],
    ['#35425a', '#d06a3a'],
  ],
  classroom: [
    ['#e2d8c2', '#2f4f40'],
    ['#d8dcd2', '#34424a'],
    ['#e6dccb', '#3d4f3a'],
    ['#d5d8dc', '#2f4a46'],
  ],
  gym: [
    ['#68707a', '#e06a2a'],
    ['#5a646e', '#3aa0c8'],
    ['#747a80', '#c8c03a'],
    ['#60686a', '#4fb08a'],
  ],
  home: [
    ['#d9cbb8', '#64786e'],
    ['#e3d6c6', '#8a9c90'],
    ['#cfd2cc', '#8c6f58'],
    ['#ddd0cc', '#6f7f92'],
  ],
}

/** Sky or light in the evening and at night, for the places that have any. */
const LATE: Readonly<Partial<Record<Place, Readonly<Record<'evening' | 'night', readonly [string, string]>>>>> = {
  skyline: { evening: ['#3b3a6a', '#20242e'], night: ['#141b33', '#14171f'] },
  park: { evening: ['#6b6a2e', '#ffb45e'], night: ['#1f3326', '#7f8a6a'] },
  office: { evening: ['#8d8478', '#6b4a34'], night: ['#4a5058', '#3a4450'] },
  home: { evening: ['#a98d72', '#5c5044'], night: ['#5b4d46', '#3f4a48'] },
}

/** The scene that the library files a place under. */
const SCENES: Readonly<Record<Place, Avatar['scene']>> = {
  studio: 'studio',
  office: 'business',
  bookshelf: 'education',
  skyline: 'business',
  park: 'outdoors',
  newsroom: 'news',
  classroom: 'education',
  gym: 'health_fitness',
  home: 'lifestyle',
}

/** Where people of a style stand when no words say. */
const USUAL: Readonly<Record<PersonRequest['style'], readonly Place[]>> = {
  professional: ['studio', 'office', 'studio', 'bookshelf'],
  social: ['home', 'park', 'studio', 'skyline'],
}

/** The backdrops of several people, and the scene that each belongs to. */
export function castBackdrops(
  { model, style }: Pick<PersonRequest, 'model' | 'style'>,
  wishes: BackgroundWishes,
  count: number,
  draw: Draw,
): readonly { readonly backdrop: Backdrop; readonly scene: Avatar['scene'] }[] {
  const studios = draw.shuffled(STUDIOS[model])
  const orders = new Map<string, readonly (readonly [string, string])[]>()
  return Array.from({ length: count }, (_, i) => {
    const [main, accent] = wishes.colours.map(clothColour)
    const place = wishes.place ?? (main || wishes.time ? 'studio' : USUAL[style][i % 4]!)
    const scene = SCENES[place]
    if (place === 'studio') {
      const [wall, glow] = studios[i % studios.length]!
      const dark = wishes.time === 'night'
      const color = main ?? (dark ? '#2a2d34' : wall)
      const light = accent ?? (main ? lighter(main, model === 'modern' ? 0.6 : 0.4) : dark ? '#5a606a' : glow)
      return { scene, backdrop: { kind: place, color, glow: light, vignette: model === 'modern' ? 0.18 : 0.38 } }
    }
    if (!orders.has(place)) orders.set(place, draw.shuffled(COLOURS[place]))
    const late = wishes.time === 'evening' || wishes.time === 'night' ? LATE[place]?.[wishes.time] : undefined
    const [usual, second] = late ?? orders.get(place)![i % 4]!
    const seed = Math.floor(draw.between(1, 1e6))
    return { scene, backdrop: { kind: place, color: main ?? usual, accent: accent ?? second, seed } }
  })
}

/** True where a place looks the same at any time of day. */
export const hasTime = (place: Place | undefined): boolean => place === undefined || place === 'studio' || place in LATE

function lighter(colour: string, share: number): string {
  return `#${[1, 3, 5]
    .map((at) => {
      const code = Number.parseInt(colour.slice(at, at + 2), 16)
      return Math.round(code + (245 - code) * share)
        .toString(16)
        .padStart(2, '0')
    })
    .join('')}`
}
