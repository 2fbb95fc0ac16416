import { expect, test } from 'vitest'
import { asNumber, nameOf } from './person'
import { namePairs } from './search'

const ana = {
  profile: { firstName: 'Ana', lastName: 'Marín', login: 'ana@example.com', mobilePhone: '+1 202-555-0123' },
}

test('a person is called by name, else by login', () => {
  expect(nameOf(ana)).toBe('Ana Marín')
  expect(nameOf({ profile: { ...ana.profile, displayName: 'Ani' } })).toBe('Ani')
  expect(nameOf({ profile: { login: 'x@example.com' } })).toBe('x@example.com')
})

test('a number is recognised in any spacing', () => {
  expect(asNumber('0044 20 7183 8750')).toBe('+442071838750')
  expect(asNumber('1 202 555 0123')).toBe('+12025550123')
  for (const typed of ['ana', '12', '+', 'call 12025550123']) expect(asNumber(typed)).toBeUndefined()
})

test('several words are a first and a last name', () => {
  expect(namePairs('Ana')).toEqual([])
  expect(namePairs(' Ana  "Marín" ')).toEqual([
    'profile.firstName sw "Ana" and profile.lastName sw "\\"Marín\\""',
    'profile.firstName sw "\\"Marín\\"" and profile.lastName sw "Ana"',
  ])
  expect(namePairs('Ana María López')).toHaveLength(4)
})
