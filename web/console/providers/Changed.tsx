import { useTranslation } from 'react-i18next'
import type { Provider } from '../api/client'
import { Overwritten } from '../elements/Overwritten'
import { type Carrier, channels, methodIn } from './carriers'

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
    <Overwritten onTake={onTake}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </Overwritten>
  )
}
