import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconMessage, IconPhone } from '../../shared/icons'
import { readable } from '../../shared/number'
import { useFormats } from '../../shared/useFormats'
import { useNow } from '../../shared/useNow'
import { isMissed, type Phone } from '../state/desk'
import classes from './LockScreen.module.css'
import type { Tab } from './TabBar'

interface Notice {
  id: string
  tab: Tab
  at: string
  from: string
  text: string
}

/** What one sees of the newest messages and missed calls without unlocking: the sender and the first lines. */
export function LockScreen({ phone, onOpen }: { phone: Phone; onOpen: (tab: Tab) => void }) {
  const { t } = useTranslation()
  const { clock, short, date } = useFormats()
  const now = useNow(10_000)
  const notices: Notice[] = [
    ...phone.messages
      .filter((message) => message.direction === 'outbound' && message.channel === 'sms')
      .map(({ id, receivedAt, from, text }) => ({ id, tab: 'messages' as const, at: receivedAt, from, text })),
    ...phone.calls
      .filter(isMissed)
      .map(({ id, startedAt, from }) => ({ id, tab: 'calls' as const, at: startedAt, from, text: t('calls.missed') })),
  ].toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at))

  return (
    <div className={classes.lock}>
      <div className={classes.date}>{date(now)}</div>
      <div className={classes.clock}>{clock(now)}</div>
      <ul className={classes.notices} aria-label={t('lock.label')}>
        {notices.slice(0, 4).map((notice) => (
          <li key={notice.id}>
            <UnstyledButton className={classes.notice} onClick={() => onOpen(notice.tab)}>
              <span className={classes.icon} data-call={notice.tab === 'calls' || undefined}>
                {notice.tab === 'calls' ? <IconPhone size={19} /> : <IconMessage size={19} />}
              </span>
              <span className={classes.words}>
                <span className={classes.head}>
                  <b>{readable(notice.from)}</b>
                  <time dateTime={notice.at}>{short(notice.at)}</time>
                </span>
                <span className={classes.text}>{notice.text}</span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {notices.length === 0 && <p className={classes.quiet}>{t('lock.empty')}</p>}
    </div>
  )
}
