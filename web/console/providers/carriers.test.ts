import { expect, test } from 'vitest'
import type { Provider } from '../api/client'
import { differs, emptyForm, formOf, isTouched, methodIn, settingsOf, whyNot } from './carriers'

const provider: Provider = {
  id: 'oct1',
  isPrimaryProvider: true,
  enabled: true,
  providerCapability: 'ALL',
  providerName: 'TWILIO',
  providerSid: 'AC1',
  providerSettings: { sms: { twilioMessageSid: 'MG1' }, call: { twilioCallerId: '+15005550006' } },
}

test('a form that nobody touched says what is stored', () => {
  const form = formOf(provider)
  expect(settingsOf('TWILIO', form)).toEqual(provider.providerSettings)
  expect(form.token).toBe('')
  expect(isTouched(form, formOf(provider))).toBe(false)
})

test('another method replaces the first, and the value of the first is kept for who changes back', () => {
  const form = formOf(provider)
  const other = { ...form, sms: { method: 'twilioVerifySid', typed: { ...form.sms.typed, twilioVerifySid: ' VA1 ' } } }
  expect(settingsOf('TWILIO', other).sms).toEqual({ twilioVerifySid: 'VA1' })
  expect(settingsOf('TWILIO', { ...other, sms: { ...other.sms, method: 'twilioMessageSid' } }).sms).toEqual({
    twilioMessageSid: 'MG1',
  })
})

test('a channel without a method loses the one it had', () => {
  expect(settingsOf('TWILIO', { ...formOf(provider), call: { method: '', typed: {} } }).call).toBeNull()
  expect(settingsOf('TELESIGN', emptyForm)).toEqual({ sms: null, call: null })
})

test('a service of Telesign is a method without a value to type', () => {
  const settings = settingsOf('TELESIGN', { ...emptyForm, sms: { method: 'telesignVerifyService', typed: {} } })
  expect(settings.sms).toEqual({ telesignService: 'telesignVerifyService' })
  expect(methodIn('TELESIGN', settings, 'sms')).toEqual({
    key: 'telesignVerifyService',
    value: 'telesignVerifyService',
    fixed: true,
  })
})

test('what another administrator changed is noticed, an activation is not', () => {
  expect(differs(provider, { ...provider, enabled: false })).toBe(false)
  expect(differs(provider, { ...provider, providerSid: 'AC2' })).toBe(true)
  expect(differs(provider, { ...provider, providerSettings: { sms: { twilioMessageSid: 'MG1' } } })).toBe(true)
})

test('an action that the server would refuse says why', () => {
  const second = { ...provider, id: 'oct2', isPrimaryProvider: false }
  expect(whyNot(provider, [provider, second])).toEqual({
    deactivate: 'primaryWithOther',
    setPrimary: 'alreadyPrimary',
    delete: 'active',
  })
  expect(whyNot(second, [provider, second])).toEqual({ delete: 'active' })
  expect(whyNot(provider, [provider, { ...second, enabled: false }]).deactivate).toBeUndefined()
  expect(whyNot({ ...second, enabled: false }, [provider])).toEqual({ setPrimary: 'inactive' })
})
