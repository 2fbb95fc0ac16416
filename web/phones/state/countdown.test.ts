import { expect, test } from 'vitest'
import { clock, fractionGone, secondsLeft } from './countdown'

const start = '2026-01-02T03:04:00Z'
const at = (seconds: number) => Date.parse(start) + seconds * 1000

test('a countdown shows whole seconds and stops at zero', () => {
  const end = '2026-01-02T03:04:05Z'
  expect([0, 0.1, 4, 4.9, 5, 99].map((s) => secondsLeft(end, at(s)))).toEqual([5, 5, 1, 1, 0, 0])
})

test('without an instant there is no countdown', () => {
  expect(secondsLeft(null, at(0))).toBeUndefined()
  expect(secondsLeft('soon', at(0))).toBeUndefined()
})

test('the ring fills from start to end', () => {
  const end = '2026-01-02T03:04:10Z'
  expect([-5, 0, 5, 10, 20].map((s) => fractionGone(start, end, at(s)))).toEqual([0, 0, 0.5, 1, 1])
  expect(fractionGone(start, null, at(3))).toBe(0)
  expect(fractionGone(start, start, at(3))).toBe(0)
})

test('a duration reads like one on a phone', () => {
  expect([-1, 0, 7.9, 60, 754].map(clock)).toEqual(['0:00', '0:00', '0:07', '1:00', '12:34'])
})
