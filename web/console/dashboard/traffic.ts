import type { components } from '../api/schema'

/** What became of messages, as the server counted them. Pure. */

export type Totals = components['schemas']['DeliveryTotals']
export type Counts = components['schemas']['DeliveryCounts']

/** The times that the dashboard can show, each with the width of its bars: an hour, six of them, a day. */
export const spans = {
  '24h': { hours: 24, bar: 1 },
  '7d': { hours: 7 * 24, bar: 6 },
  '30d': { hours: 30 * 24, bar: 24 },
}
export type Span = keyof typeof spans
export const spanNames = Object.keys(spans) as Span[]

export function readSpan(search: URLSearchParams): Span {
  return spanNames.find((name) => name === search.get('range')) ?? '24h'
}

export interface Bar extends Counts {
  /** Instants in ms. */
  from: number
  to: number
}

const hour = 3_600_000
const none: Counts = {
  messages: 0,
  sent: 0,
  delivered: 0,
  failed: 0,
  refused: 0,
  pending: 0,
  unknown: 0,
  verified: 0,
}

/** Where a span begins that ends with the hour of `now`, ISO. */
export function beginOf(span: Span, now: number): string {
  return new Date(Math.floor(now / hour) * hour - (spans[span].hours - 1) * hour).toISOString()
}

/** The hours of a span as bars, the empty ones too, the oldest first. */
export function barsOf(hours: Totals['hours'], since: string, span: Span): Bar[] {
  const first = Date.parse(since)
  const wide = spans[span].bar * hour
  const bars = Array.from({ length: spans[span].hours / spans[span].bar }, (_, i) => ({
    ...none,
    from: first + i * wide,
    to: first + (i + 1) * wide,
  }))
  for (const { hour: at, counts } of hours) {
    const bar = bars[Math.floor((Date.parse(at) - first) / wide)]
    if (!bar) continue
    for (const name of Object.keys(none) as (keyof Counts)[]) bar[name] += counts[name]
  }
  return bars
}

/** The share of messages that arrived, of those whose fate is known; undefined when there are none. */
export function deliveryRate({ delivered, failed }: Counts): number | undefined {
  return delivered + failed === 0 ? undefined : delivered / (delivered + failed)
}
