import { expect, test } from 'vitest'
import { may } from './may'

test('the help desk helps people and changes no settings', () => {
  expect(may('HELP_DESK_ADMIN', 'support')).toBe(true)
  expect(may('HELP_DESK_ADMIN', 'look')).toBe(true)
  expect(may('HELP_DESK_ADMIN', 'audit')).toBe(false)
  expect(may('HELP_DESK_ADMIN', 'administer')).toBe(false)
})

test('a read-only administrator sees everything and does nothing', () => {
  expect(may('READ_ONLY_ADMIN', 'audit')).toBe(true)
  expect(may('READ_ONLY_ADMIN', 'support')).toBe(false)
  expect(may('READ_ONLY_ADMIN', 'administer')).toBe(false)
})

test('who has no role may nothing', () => {
  expect(may(undefined, 'look')).toBe(false)
})
