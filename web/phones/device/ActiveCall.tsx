import { useMutation } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconKeypad, IconPhoneDown, IconSound, IconSoundOff } from '../../shared/icons'
import { useNow } from '../../shared/useNow'
import { press } from '../api'
import { useSound } from '../sound/useSound'
import { clock } from '../state/countdown'
import type { Call } from '../state/wire'
import { Caller } from './Caller'
import classes from './CallScreen.module.css'
import { RoundButton } from './RoundButton'
import { useCallControl } from './useCallControl'
import { Words } from './Words'

const keys = [...'123456789*0#']

/** An answered call: its words, a keypad, hang up. The keyboard's own digits work too. */
export function ActiveCall({ call, speaking }: { call: Call; speaking: number | undefined }) {
  const { t } = useTranslation()
  const sound = useSound()
  const now = useNow(500)
  const [keypad, setKeypad] = useState(() => call.script.some((piece) => piece.kind === 'gather'))
  const screen = useRef<HTMLDivElement>(null)
  const control = useCallControl(call)
  const digits = useMutation({ mutationFn: (key: string) => press(call.number, call.id, key) })
  useEffect(() => {
    screen.current?.focus({ preventScroll: true })
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!keys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    digits.mutate(event.key)
  }
  const waiting = speaking !== undefined && call.script[speaking]?.kind === 'gather'
  const error = control.error ?? digits.error

  return (
    <div
      ref={screen}
      className={classes.call}
      role="group"
      aria-label={t('call.active')}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <Caller call={call} note={clock((now - Date.parse(call.answeredAt ?? call.startedAt)) / 1000)} />
      <Words script={call.script} now={speaking} />
      <div className={classes.pressed} aria-live="polite">
        {call.digitsPressed || (waiting && <small>{t('call.pressAKey')}</small>)}
        {error && <small role="alert">{error.message}</small>}
      </div>
      {keypad && (
        <div className={classes.keypad} role="group" aria-label={t('call.keypad')}>
          {keys.map((key) => (
            <button key={key} type="button" className={classes.key} onClick={() => digits.mutate(key)}>
              {key}
            </button>
          ))}
        </div>
      )}
      <div className={classes.buttons}>
        <RoundButton
          kind="plain"
          label={t('call.keypad')}
          icon={<IconKeypad size={26} />}
          pressed={keypad}
          onClick={() => setKeypad(!keypad)}
        />
        <RoundButton
          kind="decline"
          label={t('call.hangUp')}
          icon={<IconPhoneDown size={28} />}
          disabled={control.isPending}
          onClick={() => control.mutate('hangup')}
        />
        <RoundButton
          kind="plain"
          label={t('call.voice')}
          icon={sound.wanted ? <IconSound size={26} /> : <IconSoundOff size={26} />}
          pressed={sound.wanted}
          onClick={() => sound.setWanted(!sound.wanted)}
        />
      </div>
    </div>
  )
}
