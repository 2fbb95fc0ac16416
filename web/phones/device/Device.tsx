import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { liveCall, type Phone } from '../state/desk'
import { ActiveCall } from './ActiveCall'
import { CallList } from './CallList'
import classes from './Device.module.css'
import { LockScreen } from './LockScreen'
import { RingingCall } from './RingingCall'
import { StatusBar } from './StatusBar'
import { type Tab, TabBar } from './TabBar'
import { Thread } from './Thread'

/** One phone, drawn as a phone. A live call fills the screen whatever was open. */
export function Device({ phone, speaking }: { phone: Phone; speaking: number | undefined }) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<Tab>('messages')
  const call = liveCall(phone)
  const night = call !== undefined || tab === 'lock'
  return (
    <section className={classes.body} aria-label={t('device.label', { number: phone.number })}>
      <div className={classes.screen} data-night={night || undefined}>
        <StatusBar phone={phone} />
        {call?.state === 'ringing' && <RingingCall key={call.id} call={call} />}
        {call?.state === 'answered' && <ActiveCall key={call.id} call={call} speaking={speaking} />}
        {!call && tab === 'messages' && <Thread phone={phone} />}
        {!call && tab === 'calls' && <CallList phone={phone} />}
        {!call && tab === 'lock' && <LockScreen phone={phone} onOpen={setTab} />}
        {!call && <TabBar tab={tab} onTab={setTab} phone={phone} />}
      </div>
    </section>
  )
}
