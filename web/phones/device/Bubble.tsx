import { useTranslation } from 'react-i18next'
import { IconPhone } from '../../shared/icons'
import { useFormats } from '../../shared/useFormats'
import type { Message } from '../state/wire'
import classes from './Bubble.module.css'
import { TextWithCode } from './Code'

/** An SMS, or the words of an answered call. */
export function Bubble({ message }: { message: Message }) {
  const { t } = useTranslation()
  const { exact } = useFormats()
  const typedHere = message.direction === 'inbound'
  return (
    <div className={classes.row} data-typed-here={typedHere || undefined}>
      <div className={classes.bubble} lang={message.language || undefined}>
        {message.channel === 'call' && (
          <span className={classes.call}>
            <IconPhone size={13} />
            {message.extension ? t('bubble.callExtension', { extension: message.extension }) : t('bubble.call')}
          </span>
        )}
        <TextWithCode text={message.text} code={message.code} />
      </div>
      <div className={classes.meta}>
        <time dateTime={message.receivedAt}>{exact(message.receivedAt)}</time>
        {!typedHere && <span>{t(`carrier.${message.provider}` as 'carrier.twilio', message.provider)}</span>}
      </div>
    </div>
  )
}
