import { expect, test } from 'vitest'
import { byActivity, type DeskEvent, emptyDesk, liveCall, newPhone, reduce } from './desk'
import type { Call, Message } from './wire'

const ana = '+12025550123'
const ben = '+12025550124'
const at = (second: number) => `2026-01-02T03:04:${String(second).padStart(2, '0')}Z`

function message(id: string, second: number, number = ana): DeskEvent {
  const message: Message = {
    id,
    channel: 'sms',
    direction: 'outbound',
    from: '+15005550006',
    to: number,
    extension: null,
    text: 'hello',
    code: null,
    language: null,
    provider: 'twilio',
    providerReference: `SM${id}`,
    receivedAt: at(second),
  }
  return { type: 'message', number, unread: 1, message }
}

function call(id: string, second: number, state: Call['state'], number = ana): DeskEvent {
  const call: Call = {
    id,
    number,
    from: '+15005550006',
    extension: null,
    provider: 'twilio',
    providerReference: `CA${id}`,
    state,
    startedAt: at(second),
    ringsUntil: at(second + 20),
    autoAnswerAt: null,
    answeredAt: null,
    endedAt: null,
    script: [],
    playFrom: 0,
    digitsPressed: '',
    error: null,
  }
  return { type: 'call', call }
}

const after = (...events: DeskEvent[]) => events.reduce(reduce, emptyDesk)
const phone = (number: string, ...events: DeskEvent[]) => {
  const found = after(...events).phones[number]
  if (!found) throw new Error(`no phone ${number}`)
  return found
}

test('the desk is ready after the first snapshot, which replaces everything', () => {
  expect(after(message('1', 1)).ready).toBe(false)
  const snapshot = { phones: [newPhone(ben)], carriers: { twilio: { mode: 'up' } } } as const
  expect(after(message('1', 1), { type: 'snapshot', snapshot: { ...snapshot, phones: [...snapshot.phones] } })).toEqual(
    {
      ready: true,
      phones: { [ben]: newPhone(ben) },
      carriers: { twilio: { mode: 'up' } },
    },
  )
})

test('a message makes its phone; the same message twice is one message', () => {
  const got = phone(ana, message('1', 1), message('1', 1))
  expect(got.messages.map((m) => m.id)).toEqual(['1'])
  expect(got.unread).toBe(1)
})

test('a phone that was looked at has nothing unread', () => {
  expect(phone(ana, message('1', 1), { type: 'read', number: ana }).unread).toBe(0)
})

test('a call moves through its states in place', () => {
  const events = (['ringing', 'answered', 'completed'] as const).map((state) => call('1', 1, state))
  expect(liveCall(phone(ana, ...events.slice(0, 2)))?.state).toBe('answered')
  expect(phone(ana, ...events).calls).toHaveLength(1)
  expect(liveCall(phone(ana, ...events))).toBeUndefined()
})

test('an answered call hides one that rings', () => {
  expect(liveCall(phone(ana, call('1', 1, 'ringing'), call('2', 2, 'answered')))?.id).toBe('2')
})

test('clearing a phone keeps the call that is going on', () => {
  const got = phone(ana, message('1', 1), call('1', 1, 'no-answer'), call('2', 2, 'answered'), {
    type: 'cleared',
    number: ana,
  })
  expect(got.messages).toEqual([])
  expect(got.unread).toBe(0)
  expect(got.calls.map((c) => c.id)).toEqual(['2'])
})

test('behaviors of phones and carriers are kept as told', () => {
  const desk = after(
    { type: 'behavior', number: ana, behavior: { outcome: 'busy', delayMs: 200 } },
    { type: 'carriers', carriers: { telesign: { mode: 'down' } } },
  )
  expect(desk.phones[ana]?.behavior).toEqual({ outcome: 'busy', delayMs: 200 })
  expect(desk.carriers).toEqual({ telesign: { mode: 'down' } })
})

test('phones stand by newest activity, live calls first', () => {
  const order = (...events: DeskEvent[]) => byActivity(Object.values(after(...events).phones)).map((p) => p.number)
  expect(order(message('1', 1), message('2', 2, ben))).toEqual([ben, ana])
  expect(order(message('1', 1), message('2', 2, ben), call('1', 0, 'ringing'))).toEqual([ana, ben])
})
