import { VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readable } from '../shared/number'
import type { Phone } from './state/desk'

/** Says new messages and calls to those who cannot see them, and writes them on the tab of the browser. */
export function Announcer({ phones }: { phones: Phone[] }) {
  const { t } = useTranslation()
  const [openedAt] = useState(() => Date.now())
  const newest = phones
    .flatMap((phone) => phone.messages.findLast((m) => m.direction === 'outbound' && m.channel === 'sms') ?? [])
    .filter((message) => Date.parse(message.receivedAt) > openedAt)
    .reduce<Phone['messages'][number] | undefined>((a, b) => (a && a.receivedAt > b.receivedAt ? a : b), undefined)
  const ringing = phones.flatMap((phone) => phone.calls.filter((call) => call.state === 'ringing'))

  const unread = phones.reduce((sum, phone) => sum + phone.unread, 0)
  const mark = ringing.length > 0 ? '☎ ' : unread > 0 ? `(${unread}) ` : ''
  useEffect(() => {
    document.title = mark + t('title')
  }, [mark, t])

  return (
    <VisuallyHidden>
      <div aria-live="polite">
        {newest && <p key={newest.id}>{t('announce.message', { to: readable(newest.to), text: newest.text })}</p>}
      </div>
      <div aria-live="assertive">
        {ringing.map((call) => (
          <p key={call.id}>{t('announce.call', { to: readable(call.number), from: readable(call.from) })}</p>
        ))}
      </div>
    </VisuallyHidden>
  )
}
