import { expect, test } from 'vitest'
import type { Provider } from '../api/client'
import { attentionOf } from './attention'
import { trafficOf } from './traffic'

const twilio: Provider = {
  id: 'oct1',
  isPrimaryProvider: true,
  enabled: true,
  providerCapability: 'ALL',
  providerName: 'TWILIO',
  providerSid: 'AC1',
  providerSettings: {},
}
const telesign: Provider = { ...twilio, id: 'oct2', providerName: 'TELESIGN', isPrimaryProvider: false }
const quiet = trafficOf([], 0)
const keys = (...asked: Parameters<typeof attentionOf>) => attentionOf(...asked).map(({ key }) => key)

test('an org that cannot send is told so first', () => {
  expect(keys([], quiet)).toEqual(['noProvider'])
  expect(keys([{ ...twilio, enabled: false }], quiet)).toEqual(['noActive'])
})

test('one provider alone wants a second one', () => {
  expect(keys([twilio], quiet)).toEqual(['oneProvider'])
  expect(keys([twilio, telesign], quiet)).toEqual(['calm'])
})

test('a provider whose messages do not arrive is told, once there are enough of them', () => {
  const count = (failed: number) => ({
    ...quiet,
    providers: new Map([['TWILIO', { count: { sent: 0, delivered: 6, failed, denied: 0 }, hours: [] }]]),
  })
  expect(keys([twilio, telesign], count(4))).toEqual(['rate'])
  expect(keys([twilio, telesign], count(3))).toEqual(['calm'])
  expect(attentionOf([twilio, telesign], count(4))[0]?.values).toEqual({ name: 'Twilio', rate: 60 })
})

test('every item leads somewhere', () => {
  for (const { to } of attentionOf([twilio], { ...quiet, forged: 2, locked: 1, limited: 3 })) expect(to).toMatch(/^\//)
})
