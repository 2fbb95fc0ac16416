import { expect, test } from 'vitest'
import { aboutField, besideFields, readCause, Refusal } from './refusal'

const refused = new Refusal(400, {
  errorCode: 'E0000001',
  errorSummary: 'Api validation failed: providerSid',
  errorId: 'req1',
  errorCauses: [
    { errorSummary: 'providerSid: must be a Twilio account SID: AC and 32 hexadecimal digits' },
    { errorSummary: 'The org has no room for it.' },
  ],
})

test('a cause that names a field stands beside it', () => {
  expect(aboutField(refused, 'providerSid')).toBe('Must be a Twilio account SID: AC and 32 hexadecimal digits.')
  expect(aboutField(refused, 'providerAuthToken')).toBe('')
})

test('a cause that no shown field takes is told beside the form', () => {
  expect(besideFields(refused, ['providerSid'])).toEqual(['The org has no room for it.'])
  expect(besideFields(refused, [])).toHaveLength(2)
})

test('a sentence with a colon is no field', () => {
  expect(readCause('Twilio said: 21211')).toEqual({ text: 'Twilio said: 21211.' })
  expect(readCause('')).toEqual({ text: '.' })
})

test('whatever a proxy answers is a refusal', () => {
  for (const body of [undefined, null, '<html>', 7, [], { errorCauses: [null, 3, { errorSummary: 4 }] }]) {
    const strange = new Refusal(502, body)
    expect(strange).toMatchObject({ status: 502, code: '', id: '', causes: [], message: 'HTTP 502' })
  }
})

test('the seconds of Retry-After are kept', () => {
  expect(new Refusal(429, {}, '12').retryAfter).toBe(12)
  expect(new Refusal(429, {}, 'Tue, 01 Jan').retryAfter).toBeUndefined()
})
