import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { readable } from '../../shared/number'
import { useFormats } from '../../shared/useFormats'
import type { Delivery } from '../api/client'
import { is, logPath } from '../log/search'
import { carrierName } from '../providers/carriers'
import classes from './elements.module.css'
import { Pill, type Tone } from './Pill'
import { When } from './When'

type State = NonNullable<Delivery['state']>

const tones: Record<State, Tone> = {
  SENDING: 'accent',
  SENT: 'accent',
  UNCERTAIN: 'warn',
  DELIVERED: 'good',
  DENIED: 'bad',
  FAILED: 'bad',
  UNDELIVERED: 'bad',
  UNKNOWN: 'warn',
}

/** Whether nothing more will happen to a delivery. */
export const isFinal = (state: State | undefined) => !state || !['SENDING', 'SENT', 'UNCERTAIN'].includes(state)

/** The events of a delivery; by the number too, because that is found by an index. */
const eventsOf = (id: string, number: string) =>
  `${is('debugContext.debugData.phoneNumber', number)} and ${is('debugContext.debugData.deliveryId', id)}`

/** What became of one message, told as the help desk reads it out. */
export function Story({ delivery, live }: { delivery: Delivery; live?: boolean }) {
  const { t } = useTranslation()
  const { fine } = useFormats()
  const { state, channel, phoneNumber, created, provider, verdict, advice, timeline } = delivery
  return (
    <article className={classes.story} aria-live={live ? 'polite' : undefined}>
      <div className={classes.storyHead}>
        <Pill tone={state ? tones[state] : 'warn'}>{t(`delivery.${state ?? 'REFUSED'}`)}</Pill>
        {phoneNumber && (
          <span>{t(channel === 'call' ? 'delivery.call' : 'delivery.sms', { number: readable(phoneNumber) })}</span>
        )}
        {provider && <span className={classes.quiet}>{carrierName(provider)}</span>}
        {created && (
          <span className={classes.quiet}>
            <When at={created} brief />
          </span>
        )}
      </div>
      <p className={classes.verdict}>{verdict}</p>
      {advice && <p className={classes.advice}>{advice}</p>}
      <ol className={classes.timeline}>
        {timeline.map(({ time, text }, index) => (
          <li key={index}>
            <time dateTime={time} title={time}>
              {fine(time)}
            </time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      {delivery.id && phoneNumber && (
        <Link className={classes.storyLink} to={logPath(eventsOf(delivery.id, phoneNumber), '30d')}>
          {t('delivery.events')}
        </Link>
      )}
    </article>
  )
}
