import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogEvent } from '../api/client'
import { EventDetails } from './EventDetails'
import { EventRow } from './EventRow'
import classes from './Log.module.css'

interface Props {
  events: readonly LogEvent[]
  following: boolean
}

/** The events, of which only those in sight are on the page. */
export function EventList({ events, following }: Props) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by what it answers
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 45,
    getItemKey: (index) => events[index]?.uuid ?? index,
    overscan: 12,
  })
  const toggle = (uuid: string) => {
    const next = new Set(open)
    if (!next.delete(uuid)) next.add(uuid)
    setOpen(next)
  }
  return (
    <div className={classes.scroller} ref={scroller} tabIndex={0} role="region" aria-label={t('log.events')}>
      <div
        className={classes.list}
        role="feed"
        aria-label={t('log.events')}
        aria-busy={following}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const event = events[index]
          if (!event) return null
          const opened = open.has(event.uuid)
          return (
            <article
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={classes.entry}
              data-open={opened || undefined}
              style={{ transform: `translateY(${start}px)` }}
              aria-posinset={index + 1}
              aria-setsize={events.length}
              aria-label={event.displayMessage}
            >
              <EventRow event={event} opened={opened} onToggle={() => toggle(event.uuid)} />
              {opened && <EventDetails event={event} />}
            </article>
          )
        })}
      </div>
    </div>
  )
}
