// What English shorthand stands for.

/** Abbreviations in lower case, with what is said. */
// biome-ignore format: a table reads better in rows
export const ABBREVIATIONS: Readonly<Record<string, string>> = {
  'mr.': 'mister', 'mrs.': 'missus', 'ms.': 'mizz', 'dr.': 'doctor', 'prof.': 'professor', 'jr.': 'junior',
  'sr.': 'senior', 'vs.': 'versus', 'etc.': 'et cetera', 'e.g.': 'for example', 'i.e.': 'that is', 'a.k.a.': 'also known as',
  'approx.': 'approximately', 'dept.': 'department', 'est.': 'established', 'inc.': 'incorporated', 'ltd.': 'limited',
  'corp.': 'corporation', 'ave.': 'avenue', 'blvd.': 'boulevard', 'rd.': 'road', 'mt.': 'mount', 'fig.': 'figure',
  'vol.': 'volume', 'gen.': 'general', 'capt.': 'captain', 'sgt.': 'sergeant', 'lt.': 'lieutenant', 'rev.': 'reverend',
  'hon.': 'honorable', 'gov.': 'governor', 'sen.': 'senator', 'jan.': 'January', 'feb.': 'February', 'apr.': 'April',
  'aug.': 'August', 'sept.': 'September', 'oct.': 'October', 'nov.': 'November', 'dec.': 'December', 'a.m.': 'A M',
  'p.m.': 'P M', 'u.s.': 'U S', 'u.k.': 'U K', 'u.s.a.': 'U S A', 'ph.d.': 'P H D', 'w/o': 'without', 'w/': 'with',
}

/** One, many, and the hundredth part, one and many. */
export const CURRENCIES: Readonly<Record<string, readonly [one: string, many: string, cent: string, cents: string]>> = {
  $: ['dollar', 'dollars', 'cent', 'cents'],
  '€': ['euro', 'euros', 'cent', 'cents'],
  '£': ['pound', 'pounds', 'penny', 'pence'],
  '¥': ['yen', 'yen', 'sen', 'sen'],
  '₹': ['rupee', 'rupees', 'paisa', 'paise'],
}
/** What the letter after an amount of money multiplies by. */
export const MAGNITUDES: Readonly<Record<string, string>> = {
  k: 'thousand',
  m: 'million',
  mn: 'million',
  b: 'billion',
  bn: 'billion',
}

/** Units after a number: one, many. */
// biome-ignore format: a table reads better in rows
export const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'km/h': ['kilometer per hour', 'kilometers per hour'], mph: ['mile per hour', 'miles per hour'],
  km: ['kilometer', 'kilometers'], cm: ['centimeter', 'centimeters'], mm: ['millimeter', 'millimeters'],
  kg: ['kilogram', 'kilograms'], mg: ['milligram', 'milligrams'], lb: ['pound', 'pounds'], lbs: ['pound', 'pounds'],
  ml: ['milliliter', 'milliliters'], ft: ['foot', 'feet'], oz: ['ounce', 'ounces'], kB: ['kilobyte', 'kilobytes'],
  KB: ['kilobyte', 'kilobytes'], MB: ['megabyte', 'megabytes'], GB: ['gigabyte', 'gigabytes'],
  TB: ['terabyte', 'terabytes'], Hz: ['hertz', 'hertz'], kHz: ['kilohertz', 'kilohertz'],
  MHz: ['megahertz', 'megahertz'], GHz: ['gigahertz', 'gigahertz'], kW: ['kilowatt', 'kilowatts'],
  kWh: ['kilowatt hour', 'kilowatt hours'], ms: ['millisecond', 'milliseconds'], min: ['minute', 'minutes'],
  hrs: ['hour', 'hours'], hr: ['hour', 'hours'], fps: ['frame per second', 'frames per second'],
  '°C': ['degree celsius', 'degrees celsius'], '°F': ['degree fahrenheit', 'degrees fahrenheit'],
  '°': ['degree', 'degrees'],
}

/** Single-character fractions. */
// biome-ignore format: a table reads better in rows
export const FRACTIONS: Readonly<Record<string, string>> = {
  '½': 'one half', '¼': 'one quarter', '¾': 'three quarters', '⅓': 'one third', '⅔': 'two thirds', '⅛': 'one eighth',
}
/** Greek letters, as names. */
// biome-ignore format: a table reads better in rows
export const GREEK: Readonly<Record<string, string>> = {
  α: 'alpha', β: 'beta', γ: 'gamma', δ: 'delta', Δ: 'delta', ε: 'epsilon', θ: 'theta', λ: 'lambda', μ: 'mu', µ: 'micro',
  π: 'pi', σ: 'sigma', Σ: 'sigma', φ: 'phi', ω: 'omega', Ω: 'omega',
}
/** The months, January first. */
export const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/**
 * Words in capitals that are said letter by letter although they hold a vowel; capitals without a vowel always are. All
 * others (NASA, UNESCO, and words in capitals for emphasis) are read as words.
 */
export const INITIALISMS: ReadonlySet<string> = new Set(
  (
    'AI API APIS CPU GPU CPUS GPUS TPU USA UK EU UN UI UX ID IDS URL URLS IP IPO AWS FAQ FAQS SEO CEO CFO COO CTO CIO CMO HR PR ' +
    'QA IBM ATM DIY ETA EV EVS ICU IQ EQ ISO IOS IOT OS AKA ASAP BBC CIA FBI IRS EPA UFO UFOS VIP VIPS USB LED LEDS ' +
    'ROI KPI KPIS OKR OCR RGB HDMI LCD MBA MRI DNA RNA IVF NGO NGOS UV US'
  ).split(' '),
)

/** Fractions written with a slash. */
export const SLASHED: Readonly<Record<string, string>> = {
  '1/2': 'one half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '3/4': 'three quarters',
}
