import { expect, test } from 'vitest'
import { filterOf, is, readSearch } from './search'

const filter = (address: string) => filterOf(readSearch(new URLSearchParams(address)))

test('what is chosen and what is written are asked for together', () => {
  expect(filter('')).toBe('')
  expect(filter('filter=severity+eq+"WARN"')).toBe('severity eq "WARN"')
  expect(filter('type=a&type=b')).toBe('eventType eq "a" or eventType eq "b"')
  expect(filter('type=a&outcome=DENY&filter=x pr or y pr')).toBe(
    '(x pr or y pr) and (eventType eq "a") and (outcome.result eq "DENY")',
  )
})

test('a value with quotes stays one value', () => {
  expect(is('target.id', 'a" or "b')).toBe(String.raw`target.id eq "a\" or \"b"`)
})
