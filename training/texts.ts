// What the voices say in training: English from the project's own pages, and made-up words in seventeen spellings.
import { readdirSync, readFileSync } from 'node:fs'

/** How made-up words of a language are spelt: beginnings, middles and ends of syllables. */
type Spelling = { readonly onsets: string; readonly nuclei: string; readonly codas: string; readonly spaced?: false }

/** By the middle of the voice ids; `.` stands for nothing. Italian and Polish are held out on purpose. */
const SPELLINGS: Readonly<Record<string, Spelling>> = {
  'en-us': {
    onsets: '. b c d f g h j k l m n p r s t v w y z th sh ch bl br cl dr fl pl pr sp st str tr sm',
    nuclei: 'a e i o u ee oo ay ow igh ea oa er or ar ai ou',
    codas: '. . b d f g k l m n p r s t v z th sh ch mp nd ng st ll',
  },
  de: {
    onsets: '. b d f g h j k l m n p r s t v w z sch sp st bl br pf pl kn gr tr schm schw',
    nuclei: 'a e i o u ä ö ü ei au eu ie ah oh uh üh',
    codas: '. . n m t l r s ch sch ng lt mp f b nd',
  },
  fr: {
    onsets: '. b c d f g j l m n p r s t v ch br cl fl pl pr tr gr qu bl',
    nuclei: 'a é è i o u ou eu oi an on in un au eau ui',
    codas: '. . . r l t s m be me pe ne que che',
  },
  es: {
    onsets: '. b c d f g j l m n p r s t v ch ll ñ z br cl fl pl pr tr gr qu',
    nuclei: 'a e i o u ia ie ue a e o ai au',
    codas: '. . . . n s r l m',
  },
  'pt-br': {
    onsets: '. b c d f g j l m n p r s t v ch lh nh br cl pr tr gr qu x z',
    nuclei: 'a e i o u ão ei ou õe ã é ó ê',
    codas: '. . . s r m l',
  },
  ru: {
    onsets: '. б в г д ж з к л м н п р с т ф х ц ч ш щ бл пр ст тр вл мн',
    nuclei: 'а е и о у ы э ю я ё',
    codas: '. . . н м т л р с й п б',
  },
  cs: {
    onsets: '. b c č d f h ch j k l m n p r ř s š t v z ž pr st tr bl ml',
    nuclei: 'a e i o u á é í ů ou ě',
    codas: '. . n m t l r s k p',
  },
  el: {
    onsets: '. β γ δ ζ θ κ λ μ ν π ρ σ τ φ χ ψ ξ μπ ντ πρ στ τρ',
    nuclei: 'α ε η ι ο υ ω αι ει οι ου ά έ ί ό',
    codas: '. . . ν ς ρ',
  },
  tr: {
    onsets: '. b c ç d f g h k l m n p r s ş t v y z',
    nuclei: 'a e ı i o ö u ü',
    codas: '. . n m r l k t ş p',
  },
  nl: {
    onsets: '. b d f g h j k l m n p r s t v w z sch bl br pl sp st tr',
    nuclei: 'a e i o u aa ee oo oe ui ij eu ou',
    codas: '. . n m t l r s p k f b',
  },
  sv: {
    onsets: '. b d f g h j k l m n p r s t v sj sk tj bl br pl sm st tr',
    nuclei: 'a e i o u y å ä ö',
    codas: '. . n m t l r s p k',
  },
  hu: {
    onsets: '. b c cs d f g gy h j k l m n ny p r s sz t v z zs',
    nuclei: 'a á e é i o ó ö ő u ü ű',
    codas: '. . n m t l r k p b sz',
  },
  ro: {
    onsets: '. b c d f g j l m n p r s ș t ț v z br pl pr st tr ch',
    nuclei: 'a ă â e i o u ea oa ie au',
    codas: '. . n m t l r s p b',
  },
  id: {
    onsets: '. b c d g h j k l m n ng ny p r s t w y',
    nuclei: 'a e i o u ai au',
    codas: '. . n m ng t l r s p b',
  },
  hi: {
    onsets: 'क ख ग घ च ज ट ठ ड त थ द ध न प फ ब भ म य र ल व श स ह',
    nuclei: '. ा ि ी ु ू े ै ो ौ ां',
    codas: '. . . न म र ल स प ब',
  },
  ko: { onsets: '', nuclei: '', codas: '' },
  ja: {
    onsets:
      'か き く け こ さ し す せ そ た ち つ て と な に ぬ ね の は ひ ふ へ ほ ま み む め も や ゆ よ ら り る れ ろ わ が ぎ ご ざ じ だ で ど ば び ぶ べ ぼ ぱ ぴ ぷ ぺ ぽ しゃ ちょ きょ びゃ',
    nuclei: '. . あ い う え お',
    codas: '. . ん',
  },
  zh: {
    onsets:
      '爸 妈 怕 不 跑 边 变 包 帮 北 朋 片 门 米 美 法 风 服 大 天 东 听 你 年 来 路 给 高 看 和 好 家 去 小 这 中 吃 说 人 早 草 色 四 我 为 王 五 也 要 有 月 云 本 平 明 木',
    nuclei: '.',
    codas: '.',
  },
}

/** The languages that made-up words come in: the middles of their voices' ids. */
export const LANGUAGES: readonly string[] = Object.keys(SPELLINGS)

/** A made-up sentence of four to nine words. @param random gives numbers in [0, 1). */
export function madeUpSentence(language: string, random: () => number): string {
  const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)]!
  const spelling = SPELLINGS[language]!
  const [onsets, nuclei, codas] = [spelling.onsets, spelling.nuclei, spelling.codas].map((part) => part.split(' '))
  const syllable = () => {
    // Hangul is put together by number: 19 beginnings, 21 middles, and an end or none (The Unicode Standard, 3.12).
    if (language === 'ko') {
      const end = random() < 0.6 ? 0 : pick([4, 8, 16, 17, 21, 1])
      return String.fromCodePoint(0xac00 + Math.floor(random() * 19) * 588 + Math.floor(random() * 21) * 28 + end)
    }
    return (pick(onsets!) + pick(nuclei!) + pick(codas!)).replaceAll('.', '')
  }
  const word = () => Array.from({ length: 1 + Math.floor(random() ** 1.5 * 3) }, syllable).join('')
  const words = Array.from({ length: 4 + Math.floor(random() * 6) }, word).filter((each) => each !== '')
  const between = language === 'zh' || language === 'ja' ? '' : ' '
  const comma = words.length > 5 && random() < 0.5 ? Math.floor(words.length / 2) : -1
  const text = words.map((each, index) => (index === comma ? `${each},` : each)).join(between)
  return `${text}${pick(['.', '.', '.', '?', '!'])}`
}

/** The sentences of the project's own pages. @param root of the project. */
export function ownSentences(root: URL): readonly string[] {
  const docs = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'))
  const pages = ['README.md', 'CHANGELOG.md', 'AGENTS.md', ...docs.map((name) => `docs/${name}`)]
  return pages.flatMap((page) => {
    const prose = readFileSync(new URL(page, root), 'utf8')
      .replace(/```.*?```/gs, '\n\n')
      .replace(/^[|#>].*$/gm, '\n')
      .replace(/`[^`]*`|\([^)]*\)|https?:\S+/g, ' ')
      .replace(/[*_[\]]/g, '')
    return prose
      .split(/\n\s*\n|\n- |(?<=[.!?:])\s/)
      .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
      .filter((sentence) => /^[A-Z][A-Za-z0-9 ,;:'’-]{25,160}[.!?:]?$/.test(sentence))
  })
}
