import { expect, test } from 'vitest'
import { cell, csvHead, csvLine } from './csv'
import { sampleEvent } from './sample'

test('a cell that a spreadsheet would run is tamed, a phone number stays', () => {
  expect(cell('=HYPERLINK("http://x")')).toBe(`"'=HYPERLINK(""http://x"")"`)
  for (const text of ['+1+cmd', '-2+3', '@sum', '\tx']) expect(cell(text)).toBe(`'${text}`)
  expect(cell('+12025550123')).toBe('+12025550123')
})

test('a cell with a comma, a quote or a line break is quoted', () => {
  expect(cell('a,b')).toBe('"a,b"')
  expect(cell('say "hi"\n')).toBe('"say ""hi""\n"')
  expect(cell('plain')).toBe('plain')
})

test('a line has a cell for each column of the head', () => {
  const count = (line: string) => line.split(',').length
  expect(count(csvLine(sampleEvent()))).toBe(count(csvHead))
  expect(csvLine(sampleEvent())).toContain('+12025550123')
})
