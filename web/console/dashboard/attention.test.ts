import { expect, test } from 'vitest'
import type { Provider } from '../api/client'
import { attentionOf } from './attention'
import type { Counts } from './traffic'

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
const one: Counts = { messages: 1, sent: 1, delivered: 1, failed: 0, refused: 0, pending: 0, unknown: 0, verified: 0 }
const quiet = { providers: [], total: one }
const calm = { limited: 0, forged: 0, locked: 0 }
const keys = (...[providers, totals = quiet, troubles = calm]: Partial<Parameters<typeof attentionOf>>) =>
  attentionOf(providers, totals, troubles).map(({ key }) => key)

test('an org that cannot send is told so first', () => {
  expect(keys([])).toEqual(['noProvider'])
  expect(keys([{ ...twilio, enabled: false }])).toEqual(['noActive'])
})

test('one provider alone wants a second one', () => {
  expect(keys([twilio])).toEqual(['oneProvider'])
  expect(keys([twilio, telesign])).toEqual(['calm'])
})

test('a provider whose messages do not arrive is told, once there are enough of them', () => {
  const count = (failed: number) => {
    const total: Counts = {
      messages: 6 + failed,
      sent: 6,
      delivered: 6,
      failed,
      refused: 0,
      pending: 0,
      unknown: 0,
      verified: 0,
    }
    return { total, providers: [{ provider: 'TWILIO', total, hours: [] }] }
  }
  expect(keys([twilio, telesign], count(4))).toEqual(['rate'])
  expect(keys([twilio, telesign], count(3))).toEqual(['calm'])
  expect(attentionOf([twilio, telesign], count(4), calm)[0]?.values).toEqual({ name: 'Twilio', rate: 60 })
})

test('every item leads somewhere', () => {
  for (const { to } of attentionOf([twilio], quiet, { forged: 2, locked: 1, limited: 3 })) expect(to).toMatch(/^\//)
})

test('somebody who may not see the providers is told nothing of them', () => {
  expect(keys(undefined)).toEqual(['calm'])
  expect(keys(undefined, quiet, { ...calm, locked: 1 })).toEqual(['locked'])
})

test('where nothing was sent, nothing is said to arrive', () => {
  expect(keys([twilio, telesign], { providers: [], total: { ...one, messages: 0 } })).toEqual(['none'])
})
