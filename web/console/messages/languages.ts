/** Languages by their BCP 47 tags, named as the browser names them. */

export function languageName(tag: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: 'language', languageDisplay: 'standard' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** The name of a language in itself; its tag where the browser does not speak it. */
export const nativeName = (tag: string) => (isSpoken(tag) ? languageName(tag, tag) : tag)

function isSpoken(tag: string): boolean {
  try {
    return Intl.DisplayNames.supportedLocalesOf([tag]).length > 0
  } catch {
    return false
  }
}

const rightToLeft = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg'])

export function directionOf(tag: string): 'rtl' | 'ltr' {
  try {
    return rightToLeft.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr'
  } catch {
    return 'ltr'
  }
}

/** Tags in the order of their names. */
export function sortedByName(tags: readonly string[], inLanguage: string): string[] {
  const named = tags.map((tag) => ({ tag, name: languageName(tag, inLanguage) }))
  return named.sort((a, b) => a.name.localeCompare(b.name, inLanguage)).map(({ tag }) => tag)
}
