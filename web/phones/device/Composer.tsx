import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconSend } from '../../shared/icons'
import { readable } from '../../shared/number'
import { reply } from '../api'
import type { Phone } from '../state/desk'
import classes from './Composer.module.css'

/** What carriers listen for; kept in English because the carriers do. */
const keywords = ['STOP', 'START', 'HELP']

/** Answers the last sender from this phone. Nobody wrote yet: nobody to answer. */
export function Composer({ phone }: { phone: Phone }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const to = phone.messages.findLast((message) => message.direction === 'outbound' && message.channel === 'sms')?.from
  const send = useMutation({
    mutationFn: (words: string) => reply(phone.number, to ?? '', words),
    onSuccess: () => setText(''),
  })
  if (!to) return null

  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (text.trim()) send.mutate(text.trim())
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <div className={classes.keywords}>
        {keywords.map((word) => (
          <button
            key={word}
            type="button"
            lang="en"
            aria-label={t('composer.reply', { text: word })}
            onClick={() => send.mutate(word)}
          >
            {word}
          </button>
        ))}
      </div>
      {send.error && (
        <p className={classes.error} role="alert">
          {send.error.message}
        </p>
      )}
      <div className={classes.line}>
        <input
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder={t('composer.placeholder', { number: readable(to) })}
          aria-label={t('composer.placeholder', { number: readable(to) })}
          autoComplete="off"
        />
        <button type="submit" aria-label={t('composer.send')} disabled={!text.trim() || send.isPending}>
          <IconSend />
        </button>
      </div>
    </form>
  )
}
