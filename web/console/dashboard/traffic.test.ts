import { expect, test } from 'vitest'
import { barsOf, beginOf, type Counts, deliveryRate, readSpan } from './traffic'

const counts = (some: Partial<Counts>): Counts => ({
  ...{ messages: 0, sent: 0, delivered: 0, failed: 0, refused: 0, pending: 0, unknown: 0, verified: 0 },
  ...some,
})
const now = Date.parse('2026-03-02T10:30:00.000Z')

test('a span ends with the hour of now', () => {
  expect(beginOf('24h', now)).toBe('2026-03-01T11:00:00.000Z')
  expect(beginOf('30d', now)).toBe('2026-01-31T11:00:00.000Z')
})

test('hours become bars, the empty ones too', () => {
  const since = beginOf('7d', now)
  const hours = [
    { hour: since, counts: counts({ delivered: 2 }) },
    { hour: '2026-02-23T16:00:00.000Z', counts: counts({ delivered: 1, failed: 1 }) },
    { hour: '2026-02-23T17:00:00.000Z', counts: counts({ delivered: 5 }) },
    { hour: '2026-03-02T10:00:00.000Z', counts: counts({ refused: 7 }) },
    { hour: '2026-03-02T11:00:00.000Z', counts: counts({ refused: 9 }) },
  ]
  const bars = barsOf(hours, since, '7d')
  expect(bars).toHaveLength(28)
  expect(bars[0]).toMatchObject({ from: Date.parse(since), delivered: 3, failed: 1 })
  expect(bars[1]).toMatchObject({ delivered: 5 })
  expect(bars.at(-1)).toMatchObject({ refused: 7 })
  expect(barsOf([], beginOf('30d', now), '30d')).toHaveLength(30)
})

test('the rate is of messages whose fate is known', () => {
  expect(deliveryRate(counts({ delivered: 3, failed: 1, refused: 5, pending: 9 }))).toBe(0.75)
  expect(deliveryRate(counts({ pending: 9 }))).toBeUndefined()
})

test('the last day is shown unless the address says otherwise', () => {
  expect(readSpan(new URLSearchParams('range=7d'))).toBe('7d')
  expect(readSpan(new URLSearchParams('range=1h'))).toBe('24h')
})
