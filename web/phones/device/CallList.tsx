import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconChevron, IconPhone, IconPhoneDown } from '../../shared/icons'
import { readable } from '../../shared/number'
import { useFormats } from '../../shared/useFormats'
import { isLive, isMissed, type Phone } from '../state/desk'
import type { Call } from '../state/wire'
import classes from './CallList.module.css'
import { TextWithCode } from './Code'

/** The calls of a phone, newest first; a click shows what was said. */
export function CallList({ phone }: { phone: Phone }) {
  const { t } = useTranslation()
  const calls = phone.calls.filter((call) => !isLive(call)).toReversed()
  if (calls.length === 0) return <p className={classes.empty}>{t('calls.empty')}</p>
  return (
    <ul className={classes.list} aria-label={t('calls.label')}>
      {calls.map((call) => (
        <CallRow key={call.id} call={call} code={codeOf(phone, call)} />
      ))}
    </ul>
  )
}

/** The code of a call stands in the message that its words became. */
function codeOf(phone: Phone, call: Call): string | null {
  return (
    phone.messages.find((m) => m.channel === 'call' && m.providerReference === call.providerReference)?.code ?? null
  )
}

function CallRow({ call, code }: { call: Call; code: string | null }) {
  const { t } = useTranslation()
  const { exact } = useFormats()
  const [open, setOpen] = useState(false)
  const words = call.script
    .filter((piece) => piece.kind === 'say')
    .map((piece) => piece.text)
    .join(' ')
  return (
    <li>
      <UnstyledButton
        className={classes.row}
        aria-expanded={open}
        data-missed={isMissed(call) || undefined}
        onClick={() => setOpen(!open)}
      >
        {call.state === 'completed' ? <IconPhone /> : <IconPhoneDown />}
        <span className={classes.who}>
          <b>{readable(call.from)}</b>
          <span>{t(isMissed(call) ? 'calls.missed' : `calls.state.${call.state}`)}</span>
        </span>
        <time dateTime={call.startedAt}>{exact(call.startedAt)}</time>
        <IconChevron />
      </UnstyledButton>
      {open && (
        <div className={classes.words} lang={call.script.find((piece) => piece.language)?.language}>
          {words === '' ? t('calls.nothingSaid') : <TextWithCode text={words} code={code} />}
          {call.extension && <div className={classes.detail}>{t('call.extension', { extension: call.extension })}</div>}
          {call.digitsPressed && (
            <div className={classes.detail}>{t('calls.pressed', { digits: call.digitsPressed })}</div>
          )}
        </div>
      )}
    </li>
  )
}
