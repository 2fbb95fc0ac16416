/** The range of time that the System Log shows, as it stands in the address of the page. */

const minute = 60_000
export const presets = {
  '15m': 15 * minute,
  '1h': 60 * minute,
  '24h': 1440 * minute,
  '7d': 7 * 1440 * minute,
  '30d': 30 * 1440 * minute,
}
export type Preset = keyof typeof presets
export const presetNames = Object.keys(presets) as Preset[]

/** A preset ends now; a range of one's own has both ends, ISO instants. */
export type Range = { preset: Preset } | { since: string; until: string }

export function readRange(search: URLSearchParams): Range {
  const since = instant(search.get('since'))
  const until = instant(search.get('until'))
  if (since && until && since < until) return { since, until }
  const preset = presetNames.find((name) => name === search.get('range'))
  return { preset: preset ?? '24h' }
}

function instant(text: string | null): string | undefined {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}

/** The ends of a range. `now` is in ms; the end is a little later, for a server whose clock is ahead. */
export function endsOf(range: Range, now: number): { since: string; until: string } {
  if ('since' in range) return range
  return { since: new Date(now - presets[range.preset]).toISOString(), until: new Date(now + 5000).toISOString() }
}

export function writeRange(search: URLSearchParams, range: Range) {
  for (const name of ['range', 'since', 'until']) search.delete(name)
  if ('since' in range) {
    search.set('since', range.since)
    search.set('until', range.until)
  } else if (range.preset !== '24h') search.set('range', range.preset)
}

/** An instant as <input type="datetime-local"> takes it: local time, without a zone. */
export function toLocal(iso: string): string {
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * minute).toISOString().slice(0, 16)
}
