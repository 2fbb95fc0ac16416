import { expect, test } from 'vitest'
import { directionOf, languageName, nativeName, sortedByName } from './languages'

test("languages are named in the reader's language and in their own", () => {
  expect(languageName('de', 'en')).toBe('German')
  expect(languageName('de', 'es')).toBe('alemán')
  expect(nativeName('de')).toBe('Deutsch')
  expect(sortedByName(['sv', 'de', 'ja'], 'en')).toEqual(['de', 'ja', 'sv'])
})

test('what is no tag, or no language of the browser, is shown as it is', () => {
  for (const strange of ['<b>', 'no_such', 'xx-@']) {
    expect(nativeName(strange)).toBe(strange)
    expect(languageName(strange, 'en')).toBe(strange)
    expect(directionOf(strange)).toBe('ltr')
  }
})

test('languages that are read from the right are', () => {
  for (const tag of ['ar', 'fa', 'he', 'ur-PK', 'az-Arab']) expect(directionOf(tag)).toBe('rtl')
  for (const tag of ['en', 'az', 'ja', 'sr-Latn']) expect(directionOf(tag)).toBe('ltr')
})
