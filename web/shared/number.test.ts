import { expect, test } from 'vitest'
import { e164, readable } from './number'

test('a number is spaced for the eye', () => {
  expect(readable('+12025550123')).toBe('+1 202 555 0123')
  expect(readable('+442071838750')).toBe('+44 207 183 8750')
  expect(readable('+81312345678')).toBe('+81 312 345 678')
  expect(readable('+35312345678')).toBe('+353 123 456 78')
})

test('what is no E.164 number stays as it is', () => {
  for (const sender of ['Acme', '12345', '', '+', '+12', '+1 202 555 0123']) expect(readable(sender)).toBe(sender)
})

test('spacing changes no digit', () => {
  for (const number of ['+12025550123', '+79161234567', '+2348012345678', '+4930123456', '+85212345678']) {
    expect(readable(number).replaceAll(' ', '')).toBe(number)
    expect(e164(readable(number))).toBe(number)
  }
})

test('a typed number is read as E.164 or refused', () => {
  expect(e164('+1 (202) 555-0123')).toBe('+12025550123')
  expect(e164('0044 20 7183 8750')).toBe('+442071838750')
  for (const typed of ['', '2025550123', '+0123456789', '+123', 'abc', '+1202555012345678']) {
    expect(e164(typed)).toBeUndefined()
  }
})
