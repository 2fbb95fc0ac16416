import { expect, test } from 'vitest'
import {
  changedLanguages,
  defaultIn,
  differs,
  knownLanguages,
  onlyOwnWords,
  pathOf,
  requestOf,
  type Stored,
  subjectAt,
  without,
} from './words'

const defaults: Stored = {
  source: 'DEFAULT',
  name: '',
  texts: { '': 'Code: ${code}', de: 'Kode: ${code}', ja: 'コード ${code}' },
  language: 'en',
  findings: [],
  etag: undefined,
}

test('a subject has its own address', () => {
  for (const subject of [
    { channel: 'sms', purpose: 'sign-in' },
    { channel: 'call', purpose: 'push-activation' },
    { channel: 'sms', template: undefined },
    { channel: 'sms', template: 'tp/1' },
  ] as const) {
    const [kind, key] = pathOf(subject).split('/').slice(-2).map(decodeURIComponent)
    expect(subjectAt(kind, key)).toEqual(subject)
  }
  expect(subjectAt('sms', 'nonsense')).toBeUndefined()
  expect(subjectAt('fax', 'sign-in')).toBeUndefined()
})

test('the request has the own text apart from the translations', () => {
  expect(requestOf(defaults.texts)).toEqual({
    template: 'Code: ${code}',
    translations: { de: 'Kode: ${code}', ja: 'コード ${code}' },
  })
})

test('languages that were added, changed and taken away are told', () => {
  expect(changedLanguages(defaults.texts, { '': 'Code: ${code}', de: 'Neu ${code}', fr: '${code}' })).toEqual([
    'de',
    'ja',
    'fr',
  ])
  expect(differs(defaults, { ...defaults, findings: [] })).toBe(false)
  expect(differs(defaults, { ...defaults, source: 'CUSTOM' })).toBe(true)
  expect(differs(defaults, { ...defaults, texts: without(defaults.texts, 'ja') })).toBe(true)
})

test('what is the default word for word can be left to the own text', () => {
  expect(onlyOwnWords({ ...defaults.texts, de: 'Neu ${code}' }, defaults.texts)).toEqual({
    '': 'Code: ${code}',
    de: 'Neu ${code}',
  })
})

test('the language of the own text is one of the known', () => {
  expect(knownLanguages(defaults)).toEqual(['en', 'de', 'ja'])
  expect(defaultIn(defaults, 'en')).toBe('Code: ${code}')
  expect(defaultIn(defaults, 'ja')).toBe('コード ${code}')
  expect(defaultIn(defaults, 'xx')).toBe('')
})
