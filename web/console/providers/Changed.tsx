import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconAlert } from '../../shared/icons'
import type { Provider } from '../api/client'
import { type Carrier, channels, methodIn } from './carriers'
import classes from './Providers.module.css'

interface Props {
  carrier: Carrier
  /** What the form was begun with, and what is stored now. */
  mine: Provider
  theirs: Provider
  onTake: () => void
}

/** Tells that somebody else saved in the meantime, and what they changed. */
export function Changed({ carrier, mine, theirs, onTake }: Props) {
  const { t } = useTranslation()
  const lines = channels.flatMap((channel) => {
    const [was, is] = [mine, theirs].map((one) => methodIn(carrier, one.providerSettings, channel))
    if (JSON.stringify(was) === JSON.stringify(is)) return []
    const words = is
      ? `${t(`method.${channel}.${is.key}.title` as 'method.sms.twilioPhoneNumber.title')}${is.fixed ? '' : ` ${is.value}`}`
      : t(`method.none.${channel}`)
    return [`${t(`channel.${channel}`)}: ${words}`]
  })
  if (mine.providerSid !== theirs.providerSid) lines.unshift(`${t(`providers.sid.${carrier}`)}: ${theirs.providerSid}`)
  return (
    <div role="alert" className={classes.changed}>
      <IconAlert />
      <div>
        <strong>{t('changed.title')}</strong>
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <Button size="compact-sm" variant="default" onClick={onTake}>
          {t('changed.take')}
        </Button>
      </div>
    </div>
  )
}
