import { Button, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconPhone } from '../../shared/icons'
import { readable } from '../../shared/number'
import { useFormats } from '../../shared/useFormats'
import { useCallControl } from '../device/useCallControl'
import { isMissed, lastActivity, liveCall, type Phone } from '../state/desk'
import type { Call, Message } from '../state/wire'
import classes from './PhoneList.module.css'

interface Props {
  phone: Phone
  message: Message | undefined
  shown: boolean
  now: number
  onOpen: () => void
}

/** One phone in the list: its newest words, how many are unread, and a call that can be taken from here. */
export function PhoneRow({ phone, message, shown, now, onOpen }: Props) {
  const { t } = useTranslation()
  const { brief } = useFormats()
  const call = liveCall(phone)
  const missed = phone.calls.at(-1)
  const activity = lastActivity(phone)

  let last = message?.text ?? t('list.noMessages')
  if (missed && isMissed(missed) && Date.parse(missed.startedAt) === activity) last = t('calls.missed')
  if (call) last = call.state === 'ringing' ? t('call.incoming') : t('call.active')

  return (
    <li
      className={classes.item}
      data-live={call?.state}
      data-unread={phone.unread > 0 || undefined}
      data-shown={shown || undefined}
    >
      <UnstyledButton className={classes.row} aria-current={shown ? 'true' : undefined} onClick={onOpen}>
        <span className={classes.picture} style={{ background: call ? undefined : colour(phone.number) }} aria-hidden>
          {call ? <IconPhone size={20} /> : phone.number.slice(-2)}
        </span>
        <span className={classes.words}>
          <span className={classes.top}>
            <span className={classes.number}>{readable(phone.number)}</span>
            {activity > 0 && <time className={classes.time}>{brief(activity, now)}</time>}
          </span>
          <span className={classes.bottom}>
            <span className={classes.last} lang={message?.language ?? undefined}>
              {last}
            </span>
            {phone.unread > 0 && (
              <span className={classes.badge}>
                <span aria-hidden>{phone.unread}</span>
                <VisuallyHidden>{t('list.unread', { count: phone.unread })}</VisuallyHidden>
              </span>
            )}
          </span>
        </span>
      </UnstyledButton>
      {call?.state === 'ringing' && <QuickButtons call={call} onAnswer={onOpen} />}
    </li>
  )
}

function QuickButtons({ call, onAnswer }: { call: Call; onAnswer: () => void }) {
  const { t } = useTranslation()
  const control = useCallControl(call)
  const answer = () => {
    control.mutate('answer')
    onAnswer()
  }
  return (
    <div className={classes.quick}>
      <Button size="compact-sm" color="green.8" onClick={answer}>
        {t('call.answer')}
      </Button>
      <Button size="compact-sm" color="red.8" variant="outline" onClick={() => control.mutate('decline')}>
        {t('call.decline')}
      </Button>
    </div>
  )
}

/** A steady colour per number, dark enough for white digits. */
function colour(number: string): string {
  const sum = [...number].reduce((sum, digit) => sum * 31 + digit.charCodeAt(0), 0)
  // Steps of the golden angle keep the colours of neighbouring numbers apart.
  return `oklch(0.5 0.09 ${(sum * 137.5) % 360})`
}
