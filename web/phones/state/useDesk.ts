import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { emptyDesk, reduce } from './desk'
import { addToJournal, rereadJournal } from '../journal/useJournal'
import { type Connection, listen } from './stream'

/** The desk, kept up to date by the stream of events. */
export function useDesk() {
  const [desk, dispatch] = useReducer(reduce, emptyDesk)
  const [connection, setConnection] = useState<Connection>('connecting')
  const stream = useRef<ReturnType<typeof listen>>(undefined)
  const queries = useQueryClient()
  useEffect(() => {
    const started = listen('/phones/events', {
      onDesk: dispatch,
      onJournal: (entry) => addToJournal(queries, entry),
      onConnection: (now) => {
        setConnection(now)
        if (now === 'open') rereadJournal(queries)
      },
    })
    stream.current = started
    return started.close
  }, [queries])
  return { desk, connection, retryNow: useCallback(() => stream.current?.retryNow(), []) }
}
