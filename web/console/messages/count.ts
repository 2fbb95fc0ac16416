import { fill } from './macros'

/**
 * Counts an SMS as the server does (internal/smstext, internal/render), so that the count follows every key. The server
 * counts again and is right: a test reads the same cases as its own test does.
 */

// 3GPP TS 23.038, 6.2.1 and 6.2.1.1 (https://www.3gpp.org/dynareport/23038.htm).
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extension = new Set('\f^{}\\[~]|€')

export type Encoding = 'GSM-7' | 'UCS-2'

export interface Count {
  encoding: Encoding
  /** SMS characters: an extended GSM-7 character and an emoji are two. */
  characters: number
  segments: number
}

const rooms = { 'GSM-7': { single: 160, joined: 153 }, 'UCS-2': { single: 70, joined: 67 } }

/** Whether a character forces the whole text into UCS-2. */
export const isForeign = (character: string) => !basic.has(character) && !extension.has(character)

export function count(text: string): Count {
  const letters = [...text]
  const encoding: Encoding = letters.some(isForeign) ? 'UCS-2' : 'GSM-7'
  const widths = letters.map((letter) => (encoding === 'UCS-2' ? letter.length : extension.has(letter) ? 2 : 1))
  const characters = widths.reduce((sum, width) => sum + width, 0)
  return { encoding, characters, segments: segmentsOf(widths, characters, rooms[encoding]) }
}

/** No character is ever in two segments: what takes two units and finds room for one moves on. */
function segmentsOf(widths: number[], characters: number, { single, joined }: { single: number; joined: number }) {
  if (characters <= single) return characters > 0 ? 1 : 0
  let segments = 1
  let room = joined
  for (const width of widths) {
    if (width > room) {
      segments++
      room = joined
    }
    room -= width
  }
  return segments
}

/** What a template is counted under: the limits of the org, and what countries add. */
export interface Limits {
  segments: number
  digits: number
  orgName: string
  autofillDomain?: string
}

export interface Regulation {
  country: string
  brandPrefix: string
  optOutSuffix: string
}

export interface Filled extends Count {
  text: string
  limit: number
  /** Whose regulation is in the text. */
  country: string | undefined
}

/** A text as it becomes at worst: the longest values, and the country that needs most. */
export function fillWorst(text: string, limits: Limits, regulations: readonly Regulation[]): Filled {
  const code = '1234567890'.slice(0, Math.min(Math.max(limits.digits, 4), 10))
  const words = fill(text, { code, 'org.name': clean(limits.orgName) })
  const line = limits.autofillDomain ? `\n@${limits.autofillDomain} #${code}` : ''
  const plain = { country: undefined, brandPrefix: '', optOutSuffix: '' }
  const adding = regulations.filter(({ brandPrefix, optOutSuffix }) => brandPrefix || optOutSuffix)
  return [plain, ...adding]
    .map(({ country, brandPrefix, optOutSuffix }) => {
      const whole = brandPrefix + words + optOutSuffix + line
      const counted = count(whole)
      return { ...counted, text: whole, limit: limitOf(counted.encoding, limits.segments), country }
    })
    .reduce((worst, next) => (share(next) > share(worst) ? next : worst))
}

const limitOf = (encoding: Encoding, segments: number) =>
  segments > 1 ? segments * rooms[encoding].joined : rooms[encoding].single

/** Texts of both encodings are compared by how much of their segments they fill. */
const share = ({ segments, characters, encoding }: Count) =>
  segments * 65_536 + Math.floor((characters * 160) / rooms[encoding].single)

/** A name as it stands in a line: no control characters, none that turn digits around. */
const clean = (name: string) =>
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  name.replace(/[\u202a-\u202e\u2066-\u2069]/g, '').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')

/** Typographic characters that cost 90 characters of a segment, and what says the same in GSM-7. */
const simpler: Record<string, string> = {
  '\u2019': "'",
  '\u2018': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u201e': '"',
  '\u2013': '-',
  '\u2014': '-',
  '\u2026': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\t': ' ',
  '`': "'",
}

/** The text without the typography that GSM-7 lacks; the same text when it has none. */
export const simplify = (text: string) => [...text].map((letter) => simpler[letter] ?? letter).join('')

/** What forces a text into UCS-2: each character once, in order, with how often it stands there. */
export function foreignIn(text: string): { character: string; times: number }[] {
  const found = new Map<string, number>()
  for (const letter of text) if (isForeign(letter)) found.set(letter, (found.get(letter) ?? 0) + 1)
  return [...found].map(([character, times]) => ({ character, times }))
}

/** So many different ones are no slips: the text is in a script that only UCS-2 has. */
const fewest = 10

export const isOwnScript = (text: string) => foreignIn(text).length > fewest
