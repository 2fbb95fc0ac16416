import { expect, test } from 'vitest'
import { endsOf, presetNames, readRange, toLocal, writeRange } from './range'

const now = Date.parse('2026-03-02T10:00:00.000Z')

test('a range survives the address of the page', () => {
  const ranges = [
    ...presetNames.map((preset) => ({ preset })),
    { since: '2026-03-01T00:00:00.000Z', until: '2026-03-02T00:00:00.000Z' },
  ]
  for (const range of ranges) {
    const search = new URLSearchParams('filter=a')
    writeRange(search, range)
    expect(readRange(search)).toEqual(range)
    expect(search.get('filter')).toBe('a')
  }
})

test('an address that makes no sense shows the last day', () => {
  for (const text of ['', 'range=9y', 'since=x&until=y', 'since=2026-03-02&until=2026-03-01', 'since=2026-03-02']) {
    expect(readRange(new URLSearchParams(text)), text).toEqual({ preset: '24h' })
  }
})

test('a preset ends now, with room for a server whose clock is ahead', () => {
  expect(endsOf({ preset: '1h' }, now)).toEqual({
    since: '2026-03-02T09:00:00.000Z',
    until: '2026-03-02T10:00:05.000Z',
  })
})

test('an instant and its local form are the same minute', () => {
  expect(new Date(toLocal('2026-03-02T10:07:30.000Z')).toISOString()).toBe('2026-03-02T10:07:00.000Z')
})
