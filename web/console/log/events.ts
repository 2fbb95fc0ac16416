import type { LogEvent } from '../api/client'
import type { Tone } from '../elements/Pill'

/** Pure readings of events: how they are judged and counted, and where they lead. */

export type Result = LogEvent['outcome']['result']

export function toneOf(result: Result): Tone {
  switch (result) {
    case 'SUCCESS':
    case 'ALLOW':
      return 'good'
    case 'FAILURE':
    case 'DENY':
      return 'bad'
    case 'UNKNOWN':
    case 'RATE_LIMIT':
      return 'warn'
    default:
      return 'plain'
  }
}

export const debugOf = (event: LogEvent, key: string) => event.debugContext.debugData[key] ?? ''

/** What an event leads to. */
export function linksOf(event: LogEvent) {
  return {
    delivery: debugOf(event, 'deliveryId'),
    phone:
      debugOf(event, 'phoneNumber') || (event.target.find(({ type }) => type === 'MobilePhone')?.alternateId ?? ''),
    person: [...event.target, event.actor].find(({ type, id }) => type === 'User' && id !== ''),
    provider:
      debugOf(event, 'smsProvider') ||
      debugOf(event, 'voiceProvider') ||
      (event.target.find(({ type }) => type === 'TelephonyProvider')?.displayName ?? ''),
  }
}

/** How often each value occurs, the most frequent first. */
export function frequencies(values: Iterable<string>): [value: string, count: number][] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
}

export interface Bucket {
  from: number
  to: number
  good: number
  warn: number
  bad: number
}

const nice = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10800, 21600, 43200, 86400].map((seconds) => seconds * 1000)

/** Counts over time, in steps of a readable width: at most 64 of them. */
export function bucketsOf(events: readonly LogEvent[], since: number, until: number): Bucket[] {
  const step = nice.find((ms) => (until - since) / ms <= 62) ?? Math.ceil((until - since) / 62)
  const first = Math.floor(since / step) * step
  const count = Math.min(64, Math.max(1, Math.ceil((until - first) / step)))
  const buckets = Array.from({ length: count }, (_, i) => ({
    from: first + i * step,
    to: first + (i + 1) * step,
    good: 0,
    warn: 0,
    bad: 0,
  }))
  for (const event of events) {
    const bucket = buckets[Math.floor((Date.parse(event.published) - first) / step)]
    const tone = toneOf(event.outcome.result)
    if (bucket) bucket[tone === 'bad' || tone === 'warn' ? tone : 'good']++
  }
  return buckets
}
