import { expect, test } from 'vitest'
import { spansOf } from './macros'

const marked = (text: string) => spansOf(text).map((span) => span.macro ?? span.fault ?? span.text)

test('macros and what is wrong are told from words', () => {
  expect(marked('${org.name}: ${code}!')).toEqual(['org.name', ': ', 'code', '!'])
  expect(marked('${user.id} {code} ${code')).toEqual([
    'unknown-macro',
    ' ',
    'macro-without-dollar',
    ' ',
    'unbalanced-brace',
    'code',
  ])
  expect(marked('} {a {b} {')).toEqual(['unbalanced-brace', ' ', 'unbalanced-brace', 'a {b} ', 'unbalanced-brace'])
  expect(marked('')).toEqual([])
})

test('the spans are the whole text', () => {
  for (const text of ['${${code}}', '{${code}}', '{{code}', '${\n}', '$', '$}{', '<b>${code}</b>', '😀{code}']) {
    expect(
      spansOf(text)
        .map((span) => span.text)
        .join(''),
    ).toBe(text)
  }
})
