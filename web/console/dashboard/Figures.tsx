import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './Dashboard.module.css'
import { type Counts, deliveryRate, type Span } from './traffic'

/** The numbers of a span, each leading to its events. */
export function Figures({ total, span }: { total: Counts; span: Span }) {
  const { t, i18n } = useTranslation()
  const number = (n: number) => n.toLocaleString(i18n.language)
  const rate = deliveryRate(total)
  const percent = rate?.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  const figures = [
    ['sent', number(total.sent), { filter: 'eventType sw "system.sms.send" or eventType sw "system.voice.send"' }],
    ['arrived', percent ?? '–', { filter: 'eventType co "receive_status"', outcome: 'SUCCESS' }],
    ['verified', number(total.verified), { type: 'user.authentication.auth_via_mfa', outcome: 'SUCCESS' }],
    ['failed', number(total.failed), { filter: 'eventType co "receive_status"', outcome: 'FAILURE' }],
    ['refused', number(total.refused), { outcome: 'DENY' }],
  ] as const
  return (
    <ul className={classes.figures} aria-label={t(`dashboard.numbers.${span}`)}>
      {figures.map(([key, value, search]) => (
        <li key={key}>
          <Link to={`/reports/system-log?${new URLSearchParams({ range: span, ...search }).toString()}`}>
            <b>{value}</b>
            <span>{t(`dashboard.figure.${key}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
