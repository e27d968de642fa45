// Flite's phone names (ARPABET in lower case) in the one phone alphabet.

/** CMU Flite, cmu_us phone set; `ax` is the reduced AH, `er` the coloured vowel of "bird". */
// biome-ignore format: a table reads better in rows
const IPA: Readonly<Record<string, string>> = {
  aa: 'ɑ', ae: 'æ', ah: 'ʌ', ao: 'ɔ', aw: 'aʊ', ax: 'ə', axr: 'ɚ', ay: 'aɪ', b: 'b', ch: 'tʃ', d: 'd', dh: 'ð',
  dx: 'ɾ', eh: 'ɛ', er: 'ɝ', ey: 'eɪ', f: 'f', g: 'ɡ', hh: 'h', hv: 'ɦ', ih: 'ɪ', ix: 'ɨ', iy: 'i', jh: 'dʒ', k: 'k',
  l: 'l', el: 'l', m: 'm', em: 'm', n: 'n', en: 'n', nx: 'ɾ', ng: 'ŋ', ow: 'oʊ', oy: 'ɔɪ', p: 'p', r: 'ɹ', s: 's',
  sh: 'ʃ', t: 't', th: 'θ', uh: 'ʊ', uw: 'u', v: 'v', w: 'w', y: 'j', z: 'z', zh: 'ʒ', pau: '_',
}

/** The IPA phone for one of flite's. @throws Error for a name that flite's phone sets do not have. */
export function phoneOfArpabet(name: string): string {
  const phone = IPA[name]
  if (phone === undefined) throw new Error(`Flite named a phone that is not known: ${name}`)
  return phone
}
