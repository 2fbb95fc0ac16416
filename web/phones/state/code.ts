export interface Part {
  text: string
  isCode: boolean
}

/**
 * Cuts a text around every place where its code stands, also when the digits are read one by one ("4, 8, 1 ...").
 * Joined again the parts are the text. The code must not be a part of a longer number; a
 * # before it stays with it.
 */
export function splitByCode(text: string, code: string | null): Part[] {
  if (!code || !/^[0-9A-Za-z]+$/.test(code)) return text ? [{ text, isCode: false }] : []
  const spelled = '#?' + [...code].join('[\\s.,-]*')
  const parts: Part[] = []
  let from = 0
  for (const found of text.matchAll(new RegExp(`(?<![0-9A-Za-z])${spelled}(?![0-9A-Za-z])`, 'g'))) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index), isCode: false })
    parts.push({ text: found[0], isCode: true })
    from = found.index + found[0].length
  }
  if (from < text.length) parts.push({ text: text.slice(from), isCode: false })
  return parts
}
