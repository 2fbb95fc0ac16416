import { useTranslation } from 'react-i18next'
import { useFormats } from '../../shared/useFormats'
import classes from './Dashboard.module.css'
import type { Bar } from './traffic'

interface Props {
  bars: readonly Bar[]
  height: number
  label: string
  axis?: boolean
}

const axisLabels = 5

/** Messages over time: arrived, not known, and not arrived. */
export function Hours({ bars, height, label, axis }: Props) {
  const { t } = useTranslation()
  const { short, day, both } = useFormats()
  const first = bars[0]
  if (!first) return null
  const wide = first.to - first.from
  const name = (at: number) => (wide >= 6 * 3_600_000 ? day(at) : short(at))
  const most = Math.max(1, ...bars.map(({ messages }) => messages))
  const unit = (height - 2) / most
  return (
    <div className={classes.hours}>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${bars.length * 10} ${height}`}
        height={height}
        preserveAspectRatio="none"
      >
        {bars.map((bar, index) => {
          let y = height
          const parts = [
            ['bad', bar.failed + bar.refused],
            ['open', bar.pending + bar.unknown],
            ['good', bar.delivered],
          ] as const
          return (
            <g key={bar.from}>
              <title>{`${both(bar.from)}: ${t('dashboard.messages', { count: bar.messages })}`}</title>
              <rect className={classes.ground} x={index * 10 + 1} width={8} height={height} />
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
      {axis && (
        <div className={classes.axis} aria-hidden="true">
          {Array.from({ length: axisLabels }, (_, i) => (
            <span key={i}>{name(bars[Math.round(((bars.length - 1) * i) / (axisLabels - 1))]?.from ?? 0)}</span>
          ))}
        </div>
      )}
    </div>
  )
}
