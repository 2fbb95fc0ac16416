import { expect, test } from 'vitest'
import type { LogEvent } from '../api/client'
import { bucketsOf, frequencies, linksOf } from './events'
import { sampleEvent } from './sample'

const failed = sampleEvent({
  outcome: { result: 'FAILURE', reason: 'Number wrong' },
  published: '2026-03-02T10:07:30.000Z',
})
const started = sampleEvent({ eventType: 'user.session.start', published: '2026-03-02T09:59:59.999Z' })

test('a delivery, a person and a provider are found in an event', () => {
  expect(linksOf(failed)).toEqual({
    delivery: 'dlv1',
    phone: '+12025550123',
    person: { id: '00u1', type: 'User', alternateId: 'ana@example.com', displayName: 'Ana Marín' },
    provider: 'TWILIO',
  })
})

test('every event of the range is counted once, at its time', () => {
  const since = Date.parse('2026-03-02T09:00:00.000Z')
  const until = Date.parse('2026-03-02T10:10:00.000Z')
  const buckets = bucketsOf([failed, started], since, until)
  const sum = (tone: 'good' | 'bad') => buckets.reduce((all, bucket) => all + bucket[tone], 0)
  expect([sum('good'), sum('bad')]).toEqual([1, 1])
  const at = (event: LogEvent) =>
    buckets.findIndex(({ from, to }) => from <= Date.parse(event.published) && Date.parse(event.published) < to)
  expect(buckets[at(failed)]?.bad).toBe(1)
  expect(buckets[at(started)]?.good).toBe(1)
})

test('a range of any length has a bounded number of steps that cover it', () => {
  for (const ms of [1, 1000, 900_000, 3_600_000, 86_400_000, 7 * 86_400_000, 400 * 86_400_000]) {
    const until = Date.parse('2026-03-02T10:00:00.123Z')
    const buckets = bucketsOf([], until - ms, until)
    expect(buckets.length).toBeLessThanOrEqual(64)
    expect(buckets[0]?.from).toBeLessThanOrEqual(until - ms)
    expect(buckets.at(-1)?.to).toBeGreaterThanOrEqual(until)
  }
})

test('frequencies come with the most frequent first', () => {
  expect(frequencies(['b', 'a', 'b', 'c'])).toEqual([
    ['b', 2],
    ['a', 1],
    ['c', 1],
  ])
})
