import { expect, test } from 'vitest'
import { voiceFor } from './voice'

const voices = [{ lang: 'en-GB' }, { lang: 'en_US' }, { lang: 'ja-JP' }]

test('the voice of the very language is taken, however the system writes it', () => {
  expect(voiceFor(voices, 'en-US')?.lang).toBe('en_US')
  expect(voiceFor(voices, 'JA-jp')?.lang).toBe('ja-JP')
})

test('else any voice of the language, and none of another', () => {
  expect(voiceFor(voices, 'en-AU')?.lang).toBe('en-GB')
  expect(voiceFor(voices, 'es-MX')).toBeUndefined()
})
