import { expect, test } from 'vitest'
import { related } from './test'

test('a test leads to its delivery', () => {
  expect(related('<https://sms.example.com/api/v1/deliveries?q=dlv1>; rel="related"')).toBe('dlv1')
  for (const link of ['', '<https://sms.example.com/api/v1/logs?q=a>; rel="next"', '<x>; rel="related"']) {
    expect(related(link)).toBe('')
  }
})
