import { useTranslation } from 'react-i18next'
import { useFormats } from '../../shared/useFormats'
import classes from './Dashboard.module.css'
import type { Hour } from './traffic'
import { total } from './traffic'

interface Props {
  hours: readonly Hour[]
  height: number
  label: string
  axis?: boolean
}

/** Messages by hour: arrived, on their way, and not arrived. */
export function Hours({ hours, height, label, axis }: Props) {
  const { t } = useTranslation()
  const { short } = useFormats()
  const most = Math.max(1, ...hours.map(total))
  const unit = (height - 2) / most
  return (
    <div className={classes.hours}>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${hours.length * 10} ${height}`}
        height={height}
        preserveAspectRatio="none"
      >
        {hours.map((hour, index) => {
          let y = height
          const parts = [
            ['bad', hour.failed + hour.denied],
            ['open', hour.sent],
            ['good', hour.delivered],
          ] as const
          return (
            <g key={hour.from}>
              <title>{`${short(hour.from)}: ${t('dashboard.messages', { count: total(hour) })}`}</title>
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
          {[0, 6, 12, 18, 23].map((index) => (
            <span key={index}>{short(hours[index]?.from ?? 0)}</span>
          ))}
        </div>
      )}
    </div>
  )
}
