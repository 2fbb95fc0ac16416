import { expect, test } from 'vitest'
import { pretty } from './pretty'

test('JSON is indented', () => {
  expect(pretty('{"sid":"SM1","to":null}')).toBe('{\n  "sid": "SM1",\n  "to": null\n}')
})

test('a form is decoded, one field a line', () => {
  expect(pretty('To=%2B12025550123&Body=Your+code+is+481516')).toBe('To = +12025550123\nBody = Your code is 481516')
})

test('anything else stays as it is', () => {
  for (const body of ['', 'OK', '{"clipped":', '<Response><Say>a=b</Say></Response>', 'a sentence with a=b']) {
    expect(pretty(body)).toBe(body)
  }
})
