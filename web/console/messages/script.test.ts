import { expect, test } from 'vitest'
import { piecesOf } from './script'

test('a call is its reading and its end, in the language of the voice', () => {
  const pieces = piecesOf({
    language: 'es',
    times: 3,
    reading: [{ text: 'Su código es:' }, { pauseMs: 700 }, { text: '1' }],
    again: [{ text: 'Adiós.' }],
  })
  expect(pieces.map(({ kind, text, language }) => `${kind} ${language} ${text}`)).toEqual([
    'say es Su código es:',
    'pause es ',
    'say es 1',
    'say es Adiós.',
  ])
  expect(pieces[1]?.seconds).toBe(0.7)
  expect(pieces[0]?.seconds).toBeGreaterThan(pieces[2]?.seconds ?? 9)
})
