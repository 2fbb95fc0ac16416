import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { LogEvent } from '../api/client'
import { noticeSignedOut } from '../session/session'
import { type LogQuery, poll } from './reader'

const every = 2000

/** Follows the log: what is written from now on is handed on, soon after. Answers whether that works at the moment. */
export function useTail(on: boolean, since: string, query: LogQuery, onEvents: (events: readonly LogEvent[]) => void) {
  const queries = useQueryClient()
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (!on) return
    const control = new AbortController()
    let from: Parameters<typeof poll>[0] = { since }
    let timer: ReturnType<typeof setTimeout>
    const ask = async () => {
      try {
        const { events, after } = await poll(from, query, control.signal)
        if (events.length > 0) onEvents(events)
        if (after) from = { after }
        setLost(false)
      } catch (error) {
        if (control.signal.aborted) return
        noticeSignedOut(queries, error)
        setLost(true)
      }
      if (!control.signal.aborted) timer = setTimeout(() => void ask(), every)
    }
    void ask()
    return () => {
      control.abort()
      clearTimeout(timer)
    }
  }, [on, since, query, onEvents, queries])
  return on && lost
}
