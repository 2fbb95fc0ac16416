import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { readable } from '../../shared/number'
import { sameDay, useFormats } from '../../shared/useFormats'
import type { Phone } from '../state/desk'
import type { Message } from '../state/wire'
import { Bubble } from './Bubble'
import { Composer } from './Composer'
import classes from './Thread.module.css'

/** The messages of a phone, oldest first, scrolled to the newest. */
export function Thread({ phone }: { phone: Phone }) {
  const { t } = useTranslation()
  const { date } = useFormats()
  const thread = useRef<HTMLDivElement>(null)
  const newest = phone.messages.at(-1)?.id
  useEffect(() => {
    thread.current?.scrollTo({ top: thread.current.scrollHeight })
  }, [newest])

  return (
    <>
      {/* Scrolls, so the keyboard must reach it. The Announcer reads new messages aloud, of this phone and the others. */}
      <div
        ref={thread}
        className={classes.thread}
        role="log"
        aria-live="off"
        aria-label={t('thread.label')}
        tabIndex={0}
      >
        {phone.messages.length === 0 && <p className={classes.empty}>{t('thread.empty')}</p>}
        {phone.messages.map((message, i) => {
          const before = phone.messages[i - 1]
          return (
            <div key={message.id} className={classes.item}>
              {(!before || !sameDay(before.receivedAt, message.receivedAt)) && (
                <div className={classes.day}>{date(message.receivedAt)}</div>
              )}
              {message.direction === 'outbound' && !sameSender(before, message) && (
                <div className={classes.sender}>{readable(message.from)}</div>
              )}
              <Bubble message={message} />
            </div>
          )
        })}
      </div>
      <Composer phone={phone} />
    </>
  )
}

function sameSender(before: Message | undefined, message: Message): boolean {
  return before !== undefined && before.direction === 'outbound' && before.from === message.from
}
