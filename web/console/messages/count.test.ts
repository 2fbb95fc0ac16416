import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fillWorst, foreignIn, type Limits, type Regulation, simplify } from './count'

interface Case {
  name: string
  text: string
  times?: number
  limits: Limits
  regulations: Regulation[]
  want: Record<string, unknown>
}

// The server's own test reads the same file (internal/render/vectors_test.go).
const shared = new URL('../../../internal/render/testdata/counts.json', import.meta.url)
const cases = JSON.parse(readFileSync(shared, 'utf8')) as Case[]

test.each(cases)('counted as the server does: $name', ({ text, times, limits, regulations, want }) => {
  expect(fillWorst(text.repeat(times ?? 1), limits, regulations)).toMatchObject(want)
})

test('what forces UCS-2 is told once, with how often', () => {
  expect(foreignIn('код: ёё ${code}')).toEqual([
    { character: 'к', times: 1 },
    { character: 'о', times: 1 },
    { character: 'д', times: 1 },
    { character: 'ё', times: 2 },
  ])
  expect(foreignIn('Für Ihr Geld: 5 €')).toEqual([])
})

test('typography has a plain form, and letters keep their accents', () => {
  expect(simplify('Acme’s “code” – ${code}…')).toBe('Acme\'s "code" - ${code}...')
  expect(simplify('código')).toBe('código')
})
