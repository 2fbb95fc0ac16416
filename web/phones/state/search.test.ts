import { expect, test } from 'vitest'
import { parseSearch } from './search'
import type { Message } from './wire'

const message: Message = {
  id: 'SM1',
  channel: 'sms',
  direction: 'outbound',
  from: '+15005550006',
  to: '+12025550123',
  extension: null,
  text: 'Your Acme code is 481516.',
  code: '481516',
  language: 'en',
  provider: 'twilio',
  providerReference: 'SM1',
  receivedAt: '2026-01-02T03:04:05Z',
}
const finds = (query: string) => parseSearch(query)(message)

test('every word must be found, in any order and case', () => {
  expect(finds('')).toBe(true)
  expect(finds('CODE acme')).toBe(true)
  expect(finds('acme globex')).toBe(false)
  expect(finds('"Acme code"')).toBe(true)
  expect(finds('"code Acme"')).toBe(false)
})

test('a place can be named', () => {
  expect(finds('code:481516 channel:sms provider:twilio from:+1500')).toBe(true)
  expect(finds('text:12025550123')).toBe(false)
  expect(finds('channel:call')).toBe(false)
})

test('a word can be excluded', () => {
  expect(finds('acme !globex !channel:call is:outbound')).toBe(true)
  expect(finds('!acme')).toBe(false)
})

test('a number is found however it is written', () => {
  expect(finds('202-555-0123')).toBe(true)
  expect(finds('"(202) 555 0123"')).toBe(true)
  expect(finds('to:202.555')).toBe(true)
})

test('half a query is no error', () => {
  for (const query of ['"', 'from:', '!', '!"acme', ':', '[', '(.*']) expect(() => finds(query)).not.toThrow()
})
