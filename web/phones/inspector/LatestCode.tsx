import { useTranslation } from 'react-i18next'
import { readable } from '../../shared/number'
import { useFormats } from '../../shared/useFormats'
import { CodeButton } from '../device/Code'
import type { Phone } from '../state/desk'
import classes from './Inspector.module.css'

/** The newest code of a phone, large, with where it came from. */
export function LatestCode({ phone }: { phone: Phone }) {
  const { t } = useTranslation()
  const { exact } = useFormats()
  const message = phone.messages.findLast((m) => m.code !== null)
  return (
    <section className={classes.card} aria-labelledby="latest">
      <h2 id="latest">{t('latest.title')}</h2>
      {!message?.code && <p className={classes.quiet}>{t('latest.none')}</p>}
      {message?.code && (
        <>
          <CodeButton code={message.code} large />
          <dl className={classes.facts}>
            <dt>{t('latest.at')}</dt>
            <dd>
              {t(`channel.${message.channel}`)}, {exact(message.receivedAt)}
            </dd>
            <dt>{t('latest.from')}</dt>
            <dd>
              {readable(message.from)} ({t(`carrier.${message.provider}` as 'carrier.twilio', message.provider)})
            </dd>
            {message.language && (
              <>
                <dt>{t('latest.language')}</dt>
                <dd>{message.language}</dd>
              </>
            )}
            <dt>{t('latest.reference')}</dt>
            <dd className={classes.reference}>{message.providerReference}</dd>
          </dl>
        </>
      )}
    </section>
  )
}
