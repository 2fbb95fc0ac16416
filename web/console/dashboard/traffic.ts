import type { LogEvent } from '../api/client'
import { debugOf } from '../log/events'

/** What became of messages lately, counted from the events of the System Log. Pure. */

export interface Count {
  sent: number
  delivered: number
  /** The carrier or the phone did not take it, or the carrier said that it did not arrive. */
  failed: number
  /** Our own rules refused it. */
  denied: number
}

export interface Hour extends Count {
  from: number
}

/** Messages in all, and in each of the last 24 hours, the oldest first. */
export interface Tally {
  count: Count
  hours: Hour[]
}

export interface Traffic extends Tally {
  providers: Map<string, Tally>
  /** By country calling code, the most messages first. */
  countries: [code: string, count: Count][]
  limited: number
  forged: number
  locked: number
  verified: number
}

interface Message {
  at: number
  provider: string
  code: string
  fate: keyof Count
}

const hour = 3_600_000
const empty = (): Count => ({ sent: 0, delivered: 0, failed: 0, denied: 0 })

export function trafficOf(events: readonly LogEvent[], now: number): Traffic {
  const messages = messagesOf(events)
  const first = Math.floor(now / hour) * hour - 23 * hour
  const newTally = (): Tally => ({
    count: empty(),
    hours: Array.from({ length: 24 }, (_, i) => ({ ...empty(), from: first + i * hour })),
  })
  const traffic: Traffic = {
    ...newTally(),
    providers: new Map(),
    countries: [],
    limited: countOf(events, 'system.operation.rate_limit.violation'),
    forged: countOf(events, 'system.telephony.callback.refuse'),
    locked: countOf(events, 'user.account.lock'),
    verified: events.filter(
      ({ eventType, outcome }) => eventType === 'user.authentication.auth_via_mfa' && outcome.result === 'SUCCESS',
    ).length,
  }
  const countries = new Map<string, Count>()
  for (const { at, provider, code, fate } of messages) {
    const tallies = provider ? [traffic, entry(traffic.providers, provider, newTally)] : [traffic]
    for (const { count, hours } of tallies) {
      count[fate]++
      const within = hours[Math.floor((at - first) / hour)]
      if (within) within[fate]++
    }
    if (code) entry(countries, code, empty)[fate]++
  }
  traffic.countries = [...countries].sort(([, a], [, b]) => total(b) - total(a))
  return traffic
}

/** One message per delivery: its sending and its status are two events. `sent` is one whose status is not known yet. */
function messagesOf(events: readonly LogEvent[]): Message[] {
  const messages = new Map<string, Message>()
  // The oldest first, so that a status finds its message; one whose sending is not among the events counts alone.
  for (const event of [...events].reverse()) {
    const send = /^system\.(sms|voice)\.send_/.test(event.eventType)
    if (!send && !/^system\.(sms|voice)\.receive_status$/.test(event.eventType)) continue
    const id = debugOf(event, 'deliveryId') || event.uuid
    const before = messages.get(id)
    const fate = fateOf(event, send)
    messages.set(id, {
      at: before?.at ?? Date.parse(event.published),
      provider: debugOf(event, 'smsProvider') || debugOf(event, 'voiceProvider') || (before?.provider ?? ''),
      code: debugOf(event, 'countryCallingCode') || (before?.code ?? ''),
      fate: before && (before.fate === 'denied' || before.fate === 'failed' || fate === 'sent') ? before.fate : fate,
    })
  }
  return [...messages.values()]
}

function fateOf({ outcome }: LogEvent, send: boolean): keyof Count {
  switch (outcome.result) {
    case 'DENY':
      return 'denied'
    case 'FAILURE':
      return 'failed'
    case 'SUCCESS':
      return send ? 'sent' : 'delivered'
    default:
      return 'sent'
  }
}

function entry<T>(entries: Map<string, T>, key: string, make: () => T): T {
  const found = entries.get(key) ?? make()
  entries.set(key, found)
  return found
}

const countOf = (events: readonly LogEvent[], type: string) => events.filter((e) => e.eventType === type).length

export const total = ({ sent, delivered, failed, denied }: Count) => sent + delivered + failed + denied

/** The share of messages that arrived, of those that are settled; undefined when there are none. */
export function deliveryRate({ delivered, failed }: Count): number | undefined {
  return delivered + failed === 0 ? undefined : delivered / (delivered + failed)
}
