/** The calling codes of two digits; 1 and 7 have one digit, all others three (ITU-T E.164, annex). */
const twoDigits = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
)

/** An E.164 number spaced for the eye; anything else (a short code, a sender name) as it is. */
export function readable(number: string): string {
  const digits = /^\+(\d{7,15})$/.exec(number)?.[1]
  if (!digits) return number
  if (digits.startsWith('1') && digits.length === 11) {
    return `+1 ${digits.slice(1, 4)} ${digits.slice(4, 7)} ${digits.slice(7)}`
  }
  const length = /^[17]/.test(digits) ? 1 : twoDigits.has(digits.slice(0, 2)) ? 2 : 3
  return `+${digits.slice(0, length)} ${inGroups(digits.slice(length))}`
}

/** Groups of three; what is left at the end is a group of up to four. */
function inGroups(digits: string): string {
  return digits.length <= 4 ? digits : `${digits.slice(0, 3)} ${inGroups(digits.slice(3))}`
}

/** What a person types as a number, as E.164; undefined when it cannot be one. */
export function e164(typed: string): string | undefined {
  const compact = typed.replace(/[\s().-]/g, '').replace(/^00/, '+')
  return /^\+[1-9]\d{6,14}$/.test(compact) ? compact : undefined
}
