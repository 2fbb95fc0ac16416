import type { Message } from './wire'

/**
 * Tells which messages a search finds. Words must all be found, in any order, in the text, the code or the numbers;
 * "quotes" keep words together, `!word` excludes, and `from:` `to:` `text:` `code:` `channel:` `provider:` `is:`
 * (inbound or outbound) look in one place only. Digits find a number however it is written. It is the language of
 * GET /messages?q= on messages that are already here.
 */
export function parseSearch(query: string): (message: Message) => boolean {
  const terms = [...query.matchAll(/(!?)(?:(from|to|text|code|channel|provider|is):)?(?:"([^"]*)"?|(\S+))/gi)].map(
    ([, not, field, quoted, word]) => ({
      not: not !== '',
      field: field?.toLowerCase() as Field | undefined,
      wanted: (quoted ?? word ?? '').toLowerCase(),
    }),
  )
  return (message) =>
    terms.every(({ not, field, wanted }) => {
      const places = field ? [field] : anywhere
      return not !== places.some((place) => holds(message[place === 'is' ? 'direction' : place] ?? '', wanted, place))
    })
}

type Field = 'from' | 'to' | 'text' | 'code' | 'channel' | 'provider' | 'is'
const anywhere: Field[] = ['text', 'code', 'from', 'to']

function holds(value: string, wanted: string, place: Field): boolean {
  if (value.toLowerCase().includes(wanted)) return true
  if (place !== 'from' && place !== 'to') return false
  const digits = wanted.replace(/[\s().-]/g, '')
  return /^\+?\d+$/.test(digits) && value.includes(digits)
}
