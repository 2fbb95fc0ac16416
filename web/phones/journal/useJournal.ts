import { type QueryClient, useQuery } from '@tanstack/react-query'
import { journal } from '../api'
import type { JournalEntry } from './entry'

const key = ['journal']
/** More than anybody scrolls through; the simulator keeps the rest. */
const kept = 500

/** The journal, newest first: read once, then fed by the stream of events. */
export function useJournal() {
  return useQuery({ queryKey: key, queryFn: async () => (await journal()).reverse(), staleTime: Infinity })
}

/** Puts an entry of the stream where a journal that was read already shows it. */
export function addToJournal(queries: QueryClient, entry: JournalEntry) {
  queries.setQueryData<JournalEntry[]>(key, (entries) =>
    entries && !entries.some((other) => other.id === entry.id) ? [entry, ...entries].slice(0, kept) : entries,
  )
}

/** After a gap in the stream the journal is read again. */
export function rereadJournal(queries: QueryClient) {
  void queries.invalidateQueries({ queryKey: key })
}
