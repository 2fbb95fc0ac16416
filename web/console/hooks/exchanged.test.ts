import { expect, test } from 'vitest'
import { headersOf, judge, prettyText, sampleRequest } from './exchanged'

const answer = (status: string, type = 'com.okta.telephony.action') =>
  JSON.stringify({ commands: [{ type, value: [{ status, provider: 'VONAGE', transactionId: 'SM49' }] }] })
const asked = 'com.okta.user.telephony.mfa-verification'

test('an answer means what the server takes it for', () => {
  expect(judge(answer('SUCCESSFUL'), asked)).toEqual({ is: 'SUCCESSFUL', provider: 'VONAGE', transactionId: 'SM49' })
  expect(judge(answer('pending', asked), asked).is).toBe('PENDING')
  expect(judge('\ufeff' + answer('FAILED'), asked).is).toBe('FAILED')
  expect(judge('{"commands":{"type":"com.okta.telephony.action","value":{"status":"PENDING"}}}', asked).is).toBe(
    'PENDING',
  )
  expect(judge(answer('SENT'), asked).is).toBe('noStatus')
  expect(judge(answer('SUCCESSFUL', 'com.okta.access.patch'), asked).is).toBe('noCommand')
  expect(judge(answer('SUCCESSFUL', 'com.okta.user.telephony.account-unlock'), asked).is).toBe('noCommand')
  for (const none of ['{}', '{"commands":[]}', '{"commands":null,"error":null}', '{"commands":7}']) {
    expect(judge(none, asked).is).toBe('noCommand')
  }
  for (const none of ['', '<html>', '[]', 'null', '"x"', '{']) expect(judge(none, asked).is).toBe('notJson')
})

test('an error counts before any command, in its own words', () => {
  const error = { errorSummary: 'No credit', errorCauses: [{ errorSummary: 'No credit', reason: 'top up' }] }
  const whole = JSON.stringify({ error, ...(JSON.parse(answer('SUCCESSFUL')) as object) })
  expect(judge(whole, asked)).toEqual({ is: 'error', words: 'No credit; top up' })
  expect(judge('{"error":[{"errorSummary":"one"},{"errorSummary":"two"}]}', asked)).toEqual({
    is: 'error',
    words: 'one; two',
  })
  expect(judge('{"error":"broken"}', asked)).toEqual({ is: 'error', words: '' })
})

test('the sample is a request as hooks get it', () => {
  const common = { phone: '+12025550142', code: '123456', hookId: 'cal1', origin: 'https://sms.example.com' } as const
  const now = new Date('2026-11-22T12:00:00.123Z')
  const sms = sampleRequest({ ...common, type: 'mfa-verification', channel: 'SMS', text: 'Code 123456', now })
  expect(sms).toMatchObject({
    source: 'https://sms.example.com/api/v1/inlineHooks/cal1',
    requestType: asked,
    data: {
      messageProfile: {
        msgTemplate: 'Code 123456',
        messageTemplate: 'Code 123456',
        otpExpires: '2026-11-22T12:05:00.123Z',
        otp: '123456',
        otpCode: '123456',
      },
    },
  })
  const call = sampleRequest({ ...common, type: 'pre-enrollment', channel: 'CALL', text: 'x', now })
  expect(JSON.stringify(call)).not.toContain('emplate')
})

test('the secret is in no header that is shown', () => {
  expect(headersOf('X-Key', [{ key: 'X-Region', value: 'eu' }])).toBe(
    'Accept: application/json\nContent-Type: application/json\nX-Region: eu\nX-Key: ••••••••',
  )
})

test('what is no JSON is shown as it is', () => {
  expect(prettyText('<b>no</b>')).toBe('<b>no</b>')
  expect(prettyText('{"a":1}')).toBe('{\n  "a": 1\n}')
})
