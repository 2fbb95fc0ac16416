import { api, type LogEvent, nextCursor } from '../api/client'

/** What is read of the System Log: a range of time (ISO instants), and what the API looks for, "" for everything. */
export interface LogQuery {
  since: string
  until: string
  filter: string
  words: string
}

/** The parameters that are there. */
const lookFor = ({ filter, words }: Pick<LogQuery, 'filter' | 'words'>) => ({
  ...(filter ? { filter } : {}),
  ...(words ? { q: words } : {}),
})

const firstPage = 100
const laterPages = 1000

export interface Page {
  events: readonly LogEvent[]
  /** Where the next page begins; undefined at the end. */
  next: string | undefined
}

/** Reads a page, the newest event first. The first page is small, so that something is seen at once. */
export async function readPage(query: LogQuery, after: string | undefined, signal: AbortSignal): Promise<Page> {
  const { since, until } = query
  const { data, response } = await api.GET('/api/v1/logs', {
    params: {
      query: {
        until,
        sortOrder: 'DESCENDING',
        ...(after ? { after, limit: laterPages } : { since, limit: firstPage }),
        ...lookFor(query),
      },
    },
    signal,
  })
  return { events: data ?? [], next: nextCursor(response) }
}

/** Reads page after page until the end, or until `atMost` events were handed on. Answers where it stopped. */
export async function readPages(
  query: LogQuery,
  options: {
    after?: string | undefined
    atMost: number
    signal: AbortSignal
    /** Told of each page, and where the next one begins. */
    onPage: (events: readonly LogEvent[], next: string | undefined) => void
  },
): Promise<string | undefined> {
  let { after } = options
  let count = 0
  do {
    const page = await readPage(query, after, options.signal)
    options.onPage(page.events, page.next)
    count += page.events.length
    after = page.next
  } while (after && count < options.atMost)
  return after
}

/** Reads what was written since an instant or behind a cursor, in the order of writing. There is always a next cursor. */
export async function poll(
  from: { since: string } | { after: string },
  query: Pick<LogQuery, 'filter' | 'words'>,
  signal: AbortSignal,
): Promise<{ events: readonly LogEvent[]; after: string | undefined }> {
  const { data, response } = await api.GET('/api/v1/logs', {
    params: { query: { ...from, sortOrder: 'ASCENDING', limit: laterPages, ...lookFor(query) } },
    signal,
  })
  return { events: data ?? [], after: nextCursor(response) }
}
