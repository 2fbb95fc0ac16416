import type { JournalEntry } from '../journal/entry'
import type { Desk, DeskEvent, Snapshot } from './desk'
import type { Call, Message, PhoneBehavior } from './wire'

export type Connection = 'connecting' | 'open' | 'lost'

export interface Listener {
  onDesk: (event: DeskEvent) => void
  onJournal: (entry: JournalEntry) => void
  onConnection: (connection: Connection) => void
}

/** What each event of GET /phones/events carries. */
interface Events {
  snapshot: Snapshot
  message: { number: string; unread: number; message: Message }
  call: Call
  cleared: { number: string }
  read: { number: string }
  /** Of one phone, or of the carriers. */
  behavior: { number?: string; behavior?: PhoneBehavior; carriers?: Desk['carriers'] }
  journal: JournalEntry
}

const firstRetryMs = 1000
const longestRetryMs = 10_000

/**
 * Listens to the simulator and, when the stream breaks, connects again by itself, ever more patiently. The snapshot
 * that starts every stream makes up for what was missed.
 */
export function listen(url: string, listener: Listener): { retryNow: () => void; close: () => void } {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let delay = firstRetryMs

  function connect() {
    clearTimeout(timer)
    source = new EventSource(url)
    const on = <Name extends keyof Events>(name: Name, take: (data: Events[Name]) => void) =>
      source.addEventListener(name, (event: MessageEvent<string>) => take(JSON.parse(event.data) as Events[Name]))
    on('snapshot', (snapshot) => {
      delay = firstRetryMs
      listener.onDesk({ type: 'snapshot', snapshot })
      listener.onConnection('open')
    })
    on('message', (event) => listener.onDesk({ type: 'message', ...event }))
    on('call', (call) => listener.onDesk({ type: 'call', call }))
    on('cleared', ({ number }) => listener.onDesk({ type: 'cleared', number }))
    on('read', ({ number }) => listener.onDesk({ type: 'read', number }))
    on('behavior', ({ number, behavior, carriers }) => {
      if (number && behavior) listener.onDesk({ type: 'behavior', number, behavior })
      if (carriers) listener.onDesk({ type: 'carriers', carriers })
    })
    on('journal', listener.onJournal)
    source.onerror = () => {
      source.close()
      listener.onConnection('lost')
      timer = setTimeout(connect, delay)
      delay = Math.min(delay * 2, longestRetryMs)
    }
  }

  connect()
  return {
    retryNow: connect,
    close: () => {
      clearTimeout(timer)
      source.close()
    },
  }
}
