/** What the System Log is searched for, as it stands in the address of the page. Pure. */
export interface Search {
  types: readonly string[]
  /** An outcome.result, "" for any. */
  result: string
  /** Keywords, of which each has to stand somewhere in the event. */
  words: string
  /** A filter of the API, as somebody wrote it. */
  filter: string
}

export function readSearch(search: URLSearchParams): Search {
  return {
    types: search.getAll('type'),
    result: search.get('outcome') ?? '',
    words: search.get('q') ?? '',
    filter: search.get('filter') ?? '',
  }
}

/** The filter that the API is asked with: what was chosen and what was written, together. */
export function filterOf({ types, result, filter }: Search): string {
  const parts = filter ? [filter] : []
  if (types.length > 0) parts.push(types.map((type) => is('eventType', type)).join(' or '))
  if (result) parts.push(is('outcome.result', result))
  return parts.length > 1 ? parts.map((part) => `(${part})`).join(' and ') : (parts[0] ?? '')
}

/** A condition of the filter language. */
export const is = (attribute: string, value: string) => `${attribute} eq ${JSON.stringify(value)}`

/** The address of the System Log with a filter. */
export const logPath = (filter: string, range = '24h') =>
  `/reports/system-log?${new URLSearchParams({ range, filter }).toString()}`
