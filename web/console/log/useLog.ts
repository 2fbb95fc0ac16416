import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef } from 'react'
import { isSignedOut, type LogEvent } from '../api/client'
import { noticeSignedOut, useExpired } from '../session/session'
import { type LogQuery, readPages } from './reader'

/** How many rows are loaded by themselves; for more somebody has to ask. */
export const atOnce = 10_000

export interface Loaded {
  /** The newest first. */
  events: readonly LogEvent[]
  /** Every event type that was seen, also by earlier searches, with its name. */
  types: ReadonlyMap<string, string>
  reading: boolean
  /** Where the next page begins, when there is more. */
  next: string | undefined
  error: unknown
}

type Change =
  | { type: 'begin' }
  | { type: 'resume' }
  | { type: 'page'; events: readonly LogEvent[] }
  | { type: 'new'; events: readonly LogEvent[] }
  | { type: 'end'; next: string | undefined; error?: unknown }

const nothing: Loaded = { events: [], types: new Map(), reading: true, next: undefined, error: undefined }

export function reduce(log: Loaded, change: Change): Loaded {
  switch (change.type) {
    case 'begin':
      return { ...nothing, types: log.types }
    case 'resume':
      return { ...log, reading: true, error: undefined }
    case 'page':
      return { ...log, events: [...log.events, ...change.events], types: withTypes(log.types, change.events) }
    case 'new': {
      // What is polled comes in the order of writing, and some of it is here already.
      const known = new Set(log.events.slice(0, 5000).map(({ uuid }) => uuid))
      const fresh = change.events.filter(({ uuid }) => !known.has(uuid)).reverse()
      return fresh.length === 0
        ? log
        : { ...log, events: [...fresh, ...log.events], types: withTypes(log.types, fresh) }
    }
    case 'end':
      return { ...log, reading: false, next: change.next, error: change.error }
  }
}

function withTypes(known: Loaded['types'], events: readonly LogEvent[]): Loaded['types'] {
  if (events.every(({ eventType }) => known.has(eventType))) return known
  return new Map([...known, ...events.map(({ eventType, displayMessage }) => [eventType, displayMessage] as const)])
}

/** The events that a query finds, loaded page by page; a new query begins anew. */
export function useLog(query: LogQuery) {
  const queries = useQueryClient()
  const [log, dispatch] = useReducer(reduce, nothing)
  const running = useRef<AbortController>(undefined)

  const read = useCallback(
    async (after?: string) => {
      running.current?.abort()
      const control = (running.current = new AbortController())
      const { signal } = control
      let reached = after
      try {
        dispatch({ type: after ? 'resume' : 'begin' })
        reached = await readPages(query, {
          after,
          atMost: atOnce,
          signal,
          onPage: (events, next) => {
            if (signal.aborted) return
            reached = next
            dispatch({ type: 'page', events })
          },
        })
        if (!signal.aborted) dispatch({ type: 'end', next: reached })
      } catch (error) {
        noticeSignedOut(queries, error)
        if (running.current === control)
          dispatch({ type: 'end', next: reached, error: signal.aborted ? undefined : error })
      }
    },
    [query, queries],
  )
  useEffect(() => {
    void read()
    return () => {
      running.current?.abort()
      running.current = undefined
    }
  }, [read])
  const expired = useExpired()
  const { error, next } = log
  useEffect(() => {
    if (expired === false && isSignedOut(error)) void read(next) // they are back
  }, [expired, error, next, read])
  return {
    log,
    readMore: () => void read(log.next),
    stop: () => running.current?.abort(),
    add: useCallback((events: readonly LogEvent[]) => dispatch({ type: 'new', events }), []),
  }
}
