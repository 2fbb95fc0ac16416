import { expect, test } from 'vitest'
import type { LogEvent } from '../api/client'
import { sampleEvent } from '../log/sample'
import { deliveryRate, total, trafficOf } from './traffic'

const now = Date.parse('2026-03-02T10:30:00.000Z')

function event(kind: 'send_message' | 'receive_status', result: LogEvent['outcome']['result'], id: string, data = {}) {
  return sampleEvent({
    eventType: `system.sms.${kind}`,
    outcome: { result },
    published: '2026-03-02T09:59:00.000Z',
    debugContext: { debugData: { deliveryId: id, smsProvider: 'TWILIO', countryCallingCode: '1', ...data } },
  })
}

// The newest first, as the log is read.
const events = [
  event('receive_status', 'FAILURE', 'failed'),
  event('send_message', 'FAILURE', 'failed'),
  event('receive_status', 'DENY', 'denied', { smsProvider: '', countryCallingCode: '44' }),
  event('send_message', 'DENY', 'denied', { smsProvider: '', countryCallingCode: '44' }),
  event('receive_status', 'SUCCESS', 'arrived'),
  event('send_message', 'SUCCESS', 'arrived'),
  event('receive_status', 'FAILURE', 'lost', { smsProvider: 'TELESIGN' }),
  event('send_message', 'SUCCESS', 'lost', { smsProvider: 'TELESIGN' }),
  event('send_message', 'SUCCESS', 'open'),
  sampleEvent({ eventType: 'system.telephony.callback.refuse', outcome: { result: 'DENY' } }),
]

test('a message is counted once, by what became of it', () => {
  expect(trafficOf(events, now).count).toEqual({ sent: 1, delivered: 1, failed: 2, denied: 1 })
})

test('a status whose sending is out of sight counts too', () => {
  expect(trafficOf([event('receive_status', 'SUCCESS', 'old')], now).count.delivered).toBe(1)
})

test('a message belongs to the provider that sent it, to its country and to the hour of its sending', () => {
  const { providers, countries, hours } = trafficOf(events, now)
  expect(providers.get('TWILIO')?.count).toEqual({ sent: 1, delivered: 1, failed: 1, denied: 0 })
  expect(providers.get('TELESIGN')?.count).toEqual({ sent: 0, delivered: 0, failed: 1, denied: 0 })
  expect(countries.map(([code, count]) => [code, total(count)])).toEqual([
    ['1', 4],
    ['44', 1],
  ])
  expect(hours).toHaveLength(24)
  expect(hours.map(total)).toEqual([...Array<number>(22).fill(0), 5, 0])
})

test('forged callbacks are counted apart', () => {
  expect(trafficOf(events, now).forged).toBe(1)
})

test('the rate is of settled messages only', () => {
  expect(deliveryRate({ sent: 9, delivered: 3, failed: 1, denied: 5 })).toBe(0.75)
  expect(deliveryRate({ sent: 9, delivered: 0, failed: 0, denied: 5 })).toBeUndefined()
})
