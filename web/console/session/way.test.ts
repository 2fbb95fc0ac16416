import { expect, test } from 'vitest'
import { safeReturn } from './way'

test('signing in returns to a page of this site only', () => {
  expect(safeReturn('/reports/system-log?filter=a#b')).toBe('/reports/system-log?filter=a#b')
  for (const wanted of [
    null,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:1',
    '/login?to=/login',
  ]) {
    expect(safeReturn(wanted)).toBe('/')
  }
})
