import { expect, test } from 'vitest'
import type { InlineHook, Provider } from '../api/client'
import { changesOf, emptyForm, formOf, isTouched, otherCarrier, requestOf, shownFields } from './hooks'

const hook = {
  id: 'cal1',
  name: 'Mine',
  status: 'ACTIVE',
  channel: {
    config: { uri: 'https://a.example/otp', headers: [{ key: 'X', value: '1' }], authScheme: { key: 'Authorization' } },
  },
} as InlineHook
const changed = (config: object, rest: object = {}): InlineHook => ({
  ...hook,
  ...rest,
  channel: { ...hook.channel, config: { ...hook.channel.config, ...config } },
})

test('a secret that nobody typed is not sent, so that the stored one stays', () => {
  const sent = requestOf(formOf(hook))
  expect(sent.channel.config.authScheme).toEqual({ type: 'HEADER', key: 'Authorization' })
  expect(requestOf({ ...formOf(hook), secret: 's' }).channel.config.authScheme).toHaveProperty('value', 's')
})

test('header lines that nobody filled in are left out, and errors count the others', () => {
  const form = {
    ...emptyForm,
    headers: [
      { key: '', value: ' ' },
      { key: ' X-A ', value: 'b' },
    ],
  }
  expect(requestOf(form).channel.config.headers).toEqual([{ key: 'X-A', value: 'b' }])
  expect(shownFields(form)).toContain('channel.config.headers[0].key')
  expect(shownFields(form)).not.toContain('channel.config.headers[1].key')
})

test('what somebody else changed is told', () => {
  expect(changesOf(hook, hook)).toEqual([])
  expect(changesOf(hook, changed({ uri: 'https://b.example', headers: [] }, { name: 'Theirs' }))).toEqual([
    { what: 'name', value: 'Theirs' },
    { what: 'uri', value: 'https://b.example' },
    { what: 'headers', value: '–' },
  ])
  expect(isTouched(formOf(hook), formOf(changed({})))).toBe(false)
})

test('one carrier of messages excludes the others', () => {
  const provider = { providerName: 'TWILIO', enabled: true } as Provider
  expect(otherCarrier(hook, [hook], [])).toBeUndefined()
  expect(otherCarrier(undefined, [hook], [provider])).toEqual({ is: 'hook', name: 'Mine' })
  expect(otherCarrier(hook, [hook], [provider])).toEqual({ is: 'provider', name: 'Twilio' })
  expect(otherCarrier(undefined, [], [{ ...provider, enabled: false }])).toBeUndefined()
})
