import { expect, test } from 'vitest'
import { asNumber, isMeant, nameOf } from './person'

const ana = {
  profile: { firstName: 'Ana', lastName: 'Marín', login: 'ana@example.com', mobilePhone: '+1 202-555-0123' },
}

test('a person is called by name, else by login', () => {
  expect(nameOf(ana)).toBe('Ana Marín')
  expect(nameOf({ profile: { ...ana.profile, displayName: 'Ani' } })).toBe('Ani')
  expect(nameOf({ profile: { login: 'x@example.com' } })).toBe('x@example.com')
})

test('a person is found by parts of the name, the login or the number', () => {
  for (const typed of ['ana', 'MAR', 'marín ana', 'ana@ex', '+1 (202) 555-0123', '2025550123', '']) {
    expect(isMeant(ana, typed), typed).toBe(true)
  }
  for (const typed of ['ben', 'ana ben', '+12025550124']) expect(isMeant(ana, typed), typed).toBe(false)
})

test('a number is recognised in any spacing', () => {
  expect(asNumber('0044 20 7183 8750')).toBe('+442071838750')
  expect(asNumber('1 202 555 0123')).toBe('+12025550123')
  for (const typed of ['ana', '12', '+', 'call 12025550123']) expect(asNumber(typed)).toBeUndefined()
})
