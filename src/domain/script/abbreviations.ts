// Abbreviations that voices other than English ones would spell out, in the words that a reader says.
import { type MappedText, replaceMapped } from './mapped-text.ts'

type Abbreviations = Readonly<Record<string, string>>

// biome-ignore format: tables read better in rows
const SPOKEN: Readonly<Record<string, Abbreviations>> = {
  german: {
    'z. B.': 'zum Beispiel', 'z.B.': 'zum Beispiel', 'd. h.': 'das heißt', 'd.h.': 'das heißt', 'u. a.': 'unter anderem',
    'u.a.': 'unter anderem', 'bzw.': 'beziehungsweise', 'usw.': 'und so weiter', 'ca.': 'circa', 'ggf.': 'gegebenenfalls',
    'evtl.': 'eventuell', 'inkl.': 'inklusive', 'Dr.': 'Doktor', 'Prof.': 'Professor', 'Hr.': 'Herr', 'Fr.': 'Frau',
    'Nr.': 'Nummer', 'St.': 'Sankt', 'vgl.': 'vergleiche', 'Mio.': 'Millionen', 'Mrd.': 'Milliarden',
  },
  french: {
    'M.': 'monsieur', Mme: 'madame', Mlle: 'mademoiselle', 'Dr.': 'docteur', 'etc.': 'et cetera', 'p. ex.': 'par exemple',
    'c.-à-d.': "c'est-à-dire", 'av.': 'avenue', 'n°': 'numéro', 'env.': 'environ',
  },
  spanish: {
    'Sr.': 'señor', 'Sra.': 'señora', 'Srta.': 'señorita', 'Dr.': 'doctor', 'Dra.': 'doctora', 'etc.': 'etcétera',
    'p. ej.': 'por ejemplo', 'Ud.': 'usted', 'Uds.': 'ustedes', 'EE. UU.': 'Estados Unidos', 'núm.': 'número',
  },
  italian: {
    'Sig.': 'signor', 'Sig.ra': 'signora', 'Dott.': 'dottor', 'Prof.': 'professor', 'ecc.': 'eccetera', 'es.': 'esempio',
  },
  portuguese: {
    'Sr.': 'senhor', 'Sra.': 'senhora', 'Dr.': 'doutor', 'Dra.': 'doutora', 'etc.': 'et cetera', 'p. ex.': 'por exemplo',
  },
  dutch: {
    'bijv.': 'bijvoorbeeld', 'd.w.z.': 'dat wil zeggen', 'enz.': 'enzovoort', 'o.a.': 'onder andere', 'dhr.': 'de heer',
    'mevr.': 'mevrouw', 'dr.': 'dokter', 'nr.': 'nummer',
  },
  polish: { 'np.': 'na przykład', 'itd.': 'i tak dalej', 'tzn.': 'to znaczy', 'dr': 'doktor', 'ul.': 'ulica' },
  russian: { 'т. д.': 'так далее', 'т.д.': 'так далее', 'т. е.': 'то есть', 'т.е.': 'то есть', 'г.': 'год', 'др.': 'другие' },
}

const PATTERNS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(SPOKEN).map(([language, table]) => {
    const written = Object.keys(table).map((abbreviation) => abbreviation.replaceAll('.', '\\.'))
    return [language, new RegExp(`(?<![\\p{L}\\p{N}.])(?:${written.join('|')})(?![\\p{L}\\p{N}])`, 'gu')]
  }),
)

/** The text with a language's common abbreviations written out; one that ends the text keeps its full stop. */
export function expandAbbreviations(text: MappedText, language: string): MappedText {
  const pattern = PATTERNS.get(language)
  if (pattern === undefined) return text
  return replaceMapped(text, pattern, (match) => {
    const said = SPOKEN[language]![match[0]]!
    const isLast = match[0].endsWith('.') && text.text.slice(match.index + match[0].length).trim() === ''
    return isLast ? `${said}.` : said
  })
}
