import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../shared/useFormats'
import type { LogEvent } from '../api/client'
import { bucketsOf } from './events'
import classes from './Log.module.css'

interface Props {
  events: readonly LogEvent[]
  since: string
  until: string
  /** The oldest event that was read, when there are older ones that were not. */
  read: string | undefined
  onZoom: (from: number, to: number) => void
}

const height = 72

/** Counts over time. A click on a bar shows that time alone; by keyboard the own range does the same. */
export function Histogram({ events, since, until, read, onZoom }: Props) {
  const { t, i18n } = useTranslation()
  const { short, day, both } = useFormats()
  const buckets = useMemo(() => bucketsOf(events, Date.parse(since), Date.parse(until)), [events, since, until])
  const most = Math.max(1, ...buckets.map(({ good, warn, bad }) => good + warn + bad))
  const label = (at: number) => (Date.parse(until) - Date.parse(since) > 36 * 3_600_000 ? day(at) : short(at))
  const unread = read ? buckets.findIndex(({ to }) => to > Date.parse(read)) : 0
  const first = buckets[0]?.from ?? 0
  const last = buckets.at(-1)?.to ?? 0
  return (
    <figure className={classes.histogram}>
      <svg
        role="img"
        aria-label={t('log.chart', { count: events.length, from: both(since), to: both(until), most })}
        viewBox={`0 0 ${buckets.length * 10} ${height}`}
        preserveAspectRatio="none"
      >
        {unread > 0 && <rect className={classes.unread} width={unread * 10} height={height} />}
        {buckets.map(({ from, to, good, warn, bad }, index) => {
          const parts = [
            ['bad', bad],
            ['warn', warn],
            ['good', good],
          ] as const
          const unit = (height - 4) / most
          let y = height
          return (
            <g key={from} className={classes.bar} onClick={() => onZoom(from, to)}>
              <title>{`${both(from)} – ${both(to)}: ${(good + warn + bad).toLocaleString(i18n.language)}`}</title>
              <rect className={classes.hit} x={index * 10} width={10} height={height} />
              {parts.map(([tone, count]) => {
                if (count === 0) return null
                const tall = Math.max(1.5, count * unit)
                y -= tall
                return <rect key={tone} data-tone={tone} x={index * 10 + 1} y={y} width={8} height={tall} />
              })}
            </g>
          )
        })}
      </svg>
      <figcaption aria-hidden="true">
        <span>{label(first)}</span>
        <span>{label((first + last) / 2)}</span>
        <span>{label(last)}</span>
      </figcaption>
      {unread > 0 && <p className={classes.partial}>{t('log.partial')}</p>}
    </figure>
  )
}
