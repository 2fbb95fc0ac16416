import { expect, test } from 'vitest'
import { countriesIn, likelyCountry } from './countries'

test('countries are named and sorted in the language of the reader', () => {
  const spanish = countriesIn('es')
  expect(spanish.find(({ value }) => value === 'DE')?.label).toBe('Alemania (+49)')
  expect(spanish.length).toBe(countriesIn('ja').length)
  expect(new Set(spanish.map(({ value }) => value)).size).toBe(spanish.length)
})

test('the country is guessed from the languages of the browser', () => {
  expect(likelyCountry(['es', 'es-MX', 'en-US'])).toBe('MX')
  expect(likelyCountry(['zh-Hant-TW'])).toBe('TW')
  expect(likelyCountry(['en', 'x-XQ'])).toBe('US')
})
