// Every voice that comes with Rostrum, in the order in which they are offered.
import type { Voice } from '../../core/speech.ts'

const FLITE: readonly Voice[] = [
  flite('slt', 'Sarah', 'female', 'young', 'en-US', 'american', 'narration'),
  flite('rms', 'Robert', 'male', 'middle_aged', 'en-US', 'american', 'narration'),
  flite('kal', 'Kevin', 'male', 'young', 'en-US', 'american', 'announcement'),
  flite('awb', 'Alan', 'male', 'middle_aged', 'en-GB', 'scottish', 'narration'),
]

/** A language as espeak-ng speaks it, with the names of the voices that we offer in it. */
type EspeakLanguage = {
  /** The middle of the voice ids: `de` of `espeak-de-f2`. */
  readonly key: string
  /** espeak-ng's own name of the language. */
  readonly name: string
  readonly language: string
  readonly locale: string
  readonly accent: string
  /** Variant and human name of each voice. */
  readonly voices: Readonly<Record<string, string>>
}

/**
 * espeak-ng's variants that we offer: those whose tone stays clear and whose level does not clip, of all that ship with
 * it. Mean pitch on one German sentence: f2 197 Hz, f3 221, f4 181, m1 98, m3 109, m7 113, Michael 110.
 */
const VARIANTS: Readonly<Record<string, Pick<Voice, 'gender' | 'age'>>> = {
  f2: { gender: 'female', age: 'young' },
  f3: { gender: 'female', age: 'young' },
  f4: { gender: 'female', age: 'middle_aged' },
  m1: { gender: 'male', age: 'old' },
  m3: { gender: 'male', age: 'middle_aged' },
  m7: { gender: 'male', age: 'young' },
}

const ESPEAK: readonly EspeakLanguage[] = [
  row('en-us', 'en-US', 'english', 'en-US', 'american', {
    f2: 'Grace',
    f4: 'Helen',
    m3: 'James',
    m7: 'Ryan',
    m1: 'Walter',
  }),
  row('en-gb', 'en-GB-x-rp', 'english', 'en-GB', 'british', {
    f2: 'Emma',
    f4: 'Charlotte',
    m3: 'Oliver',
    m7: 'Harry',
    m1: 'Arthur',
  }),
  row('en-sco', 'en-GB-scotland', 'english', 'en-GB', 'scottish', { f2: 'Isla', m3: 'Hamish' }),
  row('en-029', 'en-029', 'english', 'en-029', 'caribbean', { f2: 'Shanice', m3: 'Devon' }),
  row('es', 'es', 'spanish', 'es-ES', 'castilian', {
    f2: 'Lucía',
    f4: 'Carmen',
    m3: 'Javier',
    m7: 'Pablo',
    m1: 'Ramón',
  }),
  row('es-419', 'es-419', 'spanish', 'es-MX', 'latin american', {
    f2: 'Valeria',
    f4: 'Ximena',
    m3: 'Diego',
    m7: 'Mateo',
  }),
  row('fr', 'fr', 'french', 'fr-FR', 'standard', {
    f2: 'Camille',
    f4: 'Hélène',
    m3: 'Julien',
    m7: 'Hugo',
    m1: 'Gérard',
  }),
  row('fr-be', 'fr-BE', 'french', 'fr-BE', 'belgian', { f2: 'Élise', m3: 'Maxime' }),
  row('fr-ch', 'fr-CH', 'french', 'fr-CH', 'swiss', { f2: 'Chloé', m3: 'Luc' }),
  row('de', 'de', 'german', 'de-DE', 'standard', {
    f2: 'Anna',
    f4: 'Sabine',
    m3: 'Lukas',
    m7: 'Jonas',
    m1: 'Heinrich',
  }),
  row('it', 'it', 'italian', 'it-IT', 'standard', { f2: 'Giulia', f4: 'Paola', m3: 'Marco', m7: 'Luca' }),
  row('pt-br', 'pt-BR', 'portuguese', 'pt-BR', 'brazilian', { f2: 'Ana', f4: 'Beatriz', m3: 'Gabriel', m7: 'Thiago' }),
  row('pt', 'pt', 'portuguese', 'pt-PT', 'european', { f2: 'Inês', m3: 'Tiago' }),
  row('nl', 'nl', 'dutch', 'nl-NL', 'standard', { f2: 'Sanne', m3: 'Daan' }),
  row('pl', 'pl', 'polish', 'pl-PL', 'standard', { f2: 'Zofia', m3: 'Jakub' }),
  row('ru', 'ru', 'russian', 'ru-RU', 'standard', { f2: 'Anastasia', f4: 'Olga', m3: 'Dmitry', m7: 'Ivan' }),
  row('uk', 'uk', 'ukrainian', 'uk-UA', 'standard', { f2: 'Oksana', m3: 'Taras' }),
  row('be', 'be', 'belarusian', 'be-BY', 'standard', { f2: 'Hanna', m3: 'Ales' }),
  row('cs', 'cs', 'czech', 'cs-CZ', 'standard', { f2: 'Tereza', m3: 'Jakub' }),
  row('sk', 'sk', 'slovak', 'sk-SK', 'standard', { f2: 'Zuzana', m3: 'Martin' }),
  row('sl', 'sl', 'slovenian', 'sl-SI', 'standard', { f2: 'Nina', m3: 'Luka' }),
  row('hr', 'hr', 'croatian', 'hr-HR', 'standard', { f2: 'Ivana', m3: 'Marko' }),
  row('bs', 'bs', 'bosnian', 'bs-BA', 'standard', { f2: 'Amra', m3: 'Emir' }),
  row('sr', 'sr', 'serbian', 'sr-RS', 'standard', { f2: 'Milica', m3: 'Nikola' }),
  row('mk', 'mk', 'macedonian', 'mk-MK', 'standard', { f2: 'Elena', m3: 'Goran' }),
  row('bg', 'bg', 'bulgarian', 'bg-BG', 'standard', { f2: 'Maria', m3: 'Georgi' }),
  row('ro', 'ro', 'romanian', 'ro-RO', 'standard', { f2: 'Ioana', m3: 'Andrei' }),
  row('hu', 'hu', 'hungarian', 'hu-HU', 'standard', { f2: 'Eszter', m3: 'Bence' }),
  row('el', 'el', 'greek', 'el-GR', 'standard', { f2: 'Eleni', m3: 'Nikos' }),
  row('tr', 'tr', 'turkish', 'tr-TR', 'standard', { f2: 'Elif', m3: 'Emre' }),
  row('sv', 'sv', 'swedish', 'sv-SE', 'standard', { f2: 'Elsa', m3: 'Erik' }),
  row('nb', 'nb', 'norwegian', 'nb-NO', 'standard', { f2: 'Ingrid', m3: 'Lars' }),
  row('da', 'da', 'danish', 'da-DK', 'standard', { f2: 'Freja', m3: 'Mikkel' }),
  row('fi', 'fi', 'finnish', 'fi-FI', 'standard', { f2: 'Aino', m3: 'Eero' }),
  row('is', 'is', 'icelandic', 'is-IS', 'standard', { f2: 'Guðrún', m3: 'Jón' }),
  row('et', 'et', 'estonian', 'et-EE', 'standard', { f2: 'Liis', m3: 'Tanel' }),
  row('lv', 'lv', 'latvian', 'lv-LV', 'standard', { f2: 'Līga', m3: 'Jānis' }),
  row('lt', 'lt', 'lithuanian', 'lt-LT', 'standard', { f2: 'Rūta', m3: 'Jonas' }),
  row('ca', 'ca', 'catalan', 'ca-ES', 'standard', { f2: 'Laia', m3: 'Jordi' }),
  row('eu', 'eu', 'basque', 'eu-ES', 'standard', { f2: 'Ane', m3: 'Mikel' }),
  row('ga', 'ga', 'irish', 'ga-IE', 'standard', { f2: 'Aoife', m3: 'Cian' }),
  row('cy', 'cy', 'welsh', 'cy-GB', 'standard', { f2: 'Megan', m3: 'Rhys' }),
  row('sq', 'sq', 'albanian', 'sq-AL', 'standard', { f2: 'Arta', m3: 'Ilir' }),
  row('ar', 'ar', 'arabic', 'ar-SA', 'modern standard', { f2: 'Layla', m3: 'Omar' }),
  row('fa', 'fa', 'persian', 'fa-IR', 'standard', { f2: 'Sara', m3: 'Reza' }),
  row('ur', 'ur', 'urdu', 'ur-PK', 'standard', { f2: 'Ayesha', m3: 'Bilal' }),
  row('hi', 'hi', 'hindi', 'hi-IN', 'standard', { f2: 'Aarti', f4: 'Sunita', m3: 'Arjun', m7: 'Rohan' }),
  row('bn', 'bn', 'bengali', 'bn-IN', 'standard', { f2: 'Anika', m3: 'Sourav' }),
  row('pa', 'pa', 'punjabi', 'pa-IN', 'standard', { f2: 'Simran', m3: 'Gurpreet' }),
  row('gu', 'gu', 'gujarati', 'gu-IN', 'standard', { f2: 'Dhara', m3: 'Jignesh' }),
  row('mr', 'mr', 'marathi', 'mr-IN', 'standard', { f2: 'Aarohi', m3: 'Sachin' }),
  row('ne', 'ne', 'nepali', 'ne-NP', 'standard', { f2: 'Sita', m3: 'Bikash' }),
  row('ta', 'ta', 'tamil', 'ta-IN', 'standard', { f2: 'Meena', m3: 'Karthik' }),
  row('te', 'te', 'telugu', 'te-IN', 'standard', { f2: 'Lakshmi', m3: 'Ravi' }),
  row('kn', 'kn', 'kannada', 'kn-IN', 'standard', { f2: 'Ananya', m3: 'Kiran' }),
  row('ml', 'ml', 'malayalam', 'ml-IN', 'standard', { f2: 'Anu', m3: 'Vishnu' }),
  row('id', 'id', 'indonesian', 'id-ID', 'standard', { f2: 'Dewi', m3: 'Budi' }),
  row('ms', 'ms', 'malay', 'ms-MY', 'standard', { f2: 'Aisyah', m3: 'Faizal' }),
  row('vi', 'vi', 'vietnamese', 'vi-VN', 'northern', { f2: 'Lan', m3: 'Minh' }),
  row('zh', 'cmn', 'chinese', 'zh-CN', 'mandarin', { f2: 'Xiaomei', f4: 'Meilin', m3: 'Wei', m7: 'Haoran' }),
  row('yue', 'yue', 'cantonese', 'zh-HK', 'cantonese', { f2: 'Ka-yan', m3: 'Chun-ho' }),
  row('ja', 'ja', 'japanese', 'ja-JP', 'standard', { f2: 'Sakura', m3: 'Haruto' }),
  row('ko', 'ko', 'korean', 'ko-KR', 'standard', { f2: 'Ji-eun', m3: 'Min-jun' }),
  row('sw', 'sw', 'swahili', 'sw-KE', 'standard', { f2: 'Amina', m3: 'Juma' }),
  row('af', 'af', 'afrikaans', 'af-ZA', 'standard', { f2: 'Elmarie', m3: 'Pieter' }),
  row('ka', 'ka', 'georgian', 'ka-GE', 'standard', { f2: 'Nino', m3: 'Giorgi' }),
  row('hy', 'hy', 'armenian', 'hy-AM', 'eastern', { f2: 'Ani', m3: 'Tigran' }),
  row('az', 'az', 'azerbaijani', 'az-AZ', 'standard', { f2: 'Aysel', m3: 'Elvin' }),
  row('kk', 'kk', 'kazakh', 'kk-KZ', 'standard', { f2: 'Aigul', m3: 'Daulet' }),
  row('uz', 'uz', 'uzbek', 'uz-UZ', 'standard', { f2: 'Nodira', m3: 'Sardor' }),
]

const ESPEAK_NAMES: ReadonlyMap<string, string> = new Map(
  ESPEAK.flatMap(({ key, name, voices }) =>
    Object.keys(voices).map((variant) => [`espeak-${key}-${variant}`, `${name}+${variant}`] as const),
  ),
)

/** The catalogue; ids are unique and never change. English comes first and begins with the most natural voices. */
export const VOICES: readonly Voice[] = [
  ...FLITE,
  ...ESPEAK.flatMap(({ key, language, locale, accent, voices }) =>
    Object.entries(voices).map(
      ([variant, name]): Voice => ({
        id: `espeak-${key}-${variant}`,
        name,
        ...VARIANTS[variant]!,
        language,
        locale,
        accent,
        useCase: 'narration',
        engine: 'espeak',
      }),
    ),
  ),
]

/** What espeak-ng calls one of our voices: `de+f2` for `espeak-de-f2`. */
export function espeakVoiceName(id: string): string {
  return ESPEAK_NAMES.get(id)!
}

function flite(
  id: string,
  name: string,
  gender: Voice['gender'],
  age: Voice['age'],
  locale: string,
  accent: string,
  useCase: string,
): Voice {
  return { id: `flite-${id}`, name, gender, age, language: 'english', locale, accent, useCase, engine: 'flite' }
}

function row(
  key: string,
  name: string,
  language: string,
  locale: string,
  accent: string,
  voices: EspeakLanguage['voices'],
): EspeakLanguage {
  return { key, name, language, locale, accent, voices }
}
