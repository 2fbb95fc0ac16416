import type { Call, Carrier, CarrierBehavior, Message, PhoneBehavior } from './wire'

export interface Phone {
  number: string
  /** Oldest first. */
  messages: Message[]
  /** Oldest first. */
  calls: Call[]
  behavior: PhoneBehavior
  unread: number
}

/** Everything the page knows, built from the stream of events alone. */
export interface Desk {
  /** False until the first snapshot. */
  ready: boolean
  phones: Record<string, Phone>
  carriers: Partial<Record<Carrier, CarrierBehavior>>
}

export const emptyDesk: Desk = { ready: false, phones: {}, carriers: {} }

export interface Snapshot {
  phones: Phone[]
  carriers: Desk['carriers']
}

export type DeskEvent =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'message'; number: string; unread: number; message: Message }
  | { type: 'call'; call: Call }
  | { type: 'cleared'; number: string }
  | { type: 'read'; number: string }
  | { type: 'behavior'; number: string; behavior: PhoneBehavior }
  | { type: 'carriers'; carriers: Desk['carriers'] }

/** The next state of the desk. Events may come twice (a reconnect sends everything again); the second changes nothing. */
export function reduce(desk: Desk, event: DeskEvent): Desk {
  switch (event.type) {
    case 'snapshot':
      return {
        ready: true,
        phones: Object.fromEntries(event.snapshot.phones.map((phone) => [phone.number, phone])),
        carriers: event.snapshot.carriers,
      }
    case 'message':
      return withPhone(desk, event.number, (phone) => ({
        ...phone,
        unread: event.unread,
        messages: upsert(phone.messages, event.message),
      }))
    case 'call':
      return withPhone(desk, event.call.number, (phone) => ({ ...phone, calls: upsert(phone.calls, event.call) }))
    case 'cleared':
      return withPhone(desk, event.number, (phone) => ({
        ...phone,
        unread: 0,
        messages: [],
        calls: phone.calls.filter(isLive),
      }))
    case 'read':
      return withPhone(desk, event.number, (phone) => ({ ...phone, unread: 0 }))
    case 'behavior':
      return withPhone(desk, event.number, (phone) => ({ ...phone, behavior: event.behavior }))
    case 'carriers':
      return { ...desk, carriers: { ...desk.carriers, ...event.carriers } }
  }
}

/** A phone that got nothing yet. */
export function newPhone(number: string): Phone {
  return { number, messages: [], calls: [], behavior: {}, unread: 0 }
}

function withPhone(desk: Desk, number: string, change: (phone: Phone) => Phone): Desk {
  const phone = desk.phones[number] ?? newPhone(number)
  return { ...desk, phones: { ...desk.phones, [number]: change(phone) } }
}

function upsert<T extends { id: string }>(list: T[], item: T): T[] {
  const at = list.findIndex((other) => other.id === item.id)
  return at < 0 ? [...list, item] : list.with(at, item)
}

export function isLive(call: Call): boolean {
  return call.state === 'ringing' || call.state === 'answered'
}

/** A call that reached the phone and was never answered. */
export function isMissed(call: Call): boolean {
  return call.state === 'no-answer' || call.state === 'canceled'
}

/** The call that fills the screen: one that was answered before one that rings. */
export function liveCall(phone: Phone): Call | undefined {
  return phone.calls.find((call) => call.state === 'answered') ?? phone.calls.find((call) => call.state === 'ringing')
}

/** The instant (ms) of the newest thing on a phone; 0 when there is none. */
export function lastActivity(phone: Phone): number {
  const message = phone.messages.at(-1)?.receivedAt
  const call = phone.calls.at(-1)?.startedAt
  return Math.max(0, message ? Date.parse(message) : 0, call ? Date.parse(call) : 0)
}

/** Phones with a live call first, then by newest activity, then by number, so that the order never flickers. */
export function byActivity(phones: Phone[]): Phone[] {
  const live = (phone: Phone) => Number(liveCall(phone) !== undefined)
  return phones.toSorted(
    (a, b) => live(b) - live(a) || lastActivity(b) - lastActivity(a) || a.number.localeCompare(b.number),
  )
}
