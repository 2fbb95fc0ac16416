import { expect, test } from 'vitest'
import { splitByCode } from './code'

const codes = (text: string, code: string) =>
  splitByCode(text, code)
    .filter((part) => part.isCode)
    .map((part) => part.text)

test('the code is marked wherever it stands', () => {
  expect(splitByCode('Your code is 123456. Do not share.', '123456')).toEqual([
    { text: 'Your code is ', isCode: false },
    { text: '123456', isCode: true },
    { text: '. Do not share.', isCode: false },
  ])
  expect(codes('123456', '123456')).toEqual(['123456'])
  expect(codes('Code 12 34 56!\n@example.com #123456', '123456')).toEqual(['12 34 56', '#123456'])
  expect(codes('コードは123456です', '123456')).toEqual(['123456'])
})

test('a code that is read digit by digit is marked as a whole', () => {
  expect(codes('Your code is 1, 2, 3, 4, 5, 6. Again: 1. 2. 3. 4. 5. 6.', '123456')).toEqual([
    '1, 2, 3, 4, 5, 6',
    '1. 2. 3. 4. 5. 6',
  ])
})

test('a part of a longer number is no code', () => {
  expect(codes('Call +12025550123', '5550')).toEqual([])
})

test('the parts joined are the text, whatever the code is', () => {
  for (const code of [null, '', '123', '.*', '(', '[\\s']) {
    const text = 'a 123 (b) [\\s .* 1 2 3'
    expect(
      splitByCode(text, code)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
  }
  expect(splitByCode('', '123')).toEqual([])
})
