import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../shared/useNow'
import type { Transaction } from '../api/client'
import { Refused } from '../elements/Refused'
import classes from './SignIn.module.css'
import { checkCode, goBack, resendCode } from './way'

/** One challenge per phone and channel in this time; earlier ones would be refused. */
const pace = 30_000

interface Props {
  at: Transaction
  onNext: (next: Transaction) => Promise<void>
  onCancel: () => void
}

export function EnterCode({ at, onNext, onCancel }: Props) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [sentAt, setSentAt] = useState(() => Date.now())
  const now = useNow(1000)
  const wait = Math.max(0, Math.ceil((sentAt + pace - now) / 1000))
  const token = at.stateToken ?? ''
  const factor = at._embedded.factor
  const call = factor?.factorType === 'call'

  const check = useMutation({ mutationFn: async () => onNext(await checkCode(token, factor?.id ?? '', code.trim())) })
  const resend = useMutation({
    mutationFn: async () => {
      check.reset()
      await onNext(await resendCode(token, factor?.id ?? ''))
      setSentAt(Date.now())
      setCode('')
    },
  })
  const back = useMutation({ mutationFn: async () => onNext(await goBack(token)) })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        check.mutate()
      }}
    >
      <p className={classes.quiet} role="status">
        {t(call ? 'signIn.called' : 'signIn.sent', { number: factor?.profile.phoneNumber ?? '' })}
        {resend.isSuccess && ` ${t('signIn.again')}`}
      </p>
      <TextInput
        label={t('signIn.code')}
        size="lg"
        classNames={{ input: classes.code }}
        autoComplete="one-time-code"
        inputMode="numeric"
        maxLength={10}
        required
        autoFocus
        data-autofocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, ''))}
      />
      <Refused error={check.error ?? resend.error ?? back.error} />
      <Button type="submit" loading={check.isPending}>
        {t('signIn.verify')}
      </Button>
      <div className={classes.others}>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={wait > 0}
          loading={resend.isPending}
          onClick={() => resend.mutate()}
        >
          {wait > 0 ? t('signIn.resendIn', { count: wait }) : t(call ? 'signIn.callAgain' : 'signIn.resend')}
        </Button>
        <Button variant="subtle" size="compact-sm" loading={back.isPending} onClick={() => back.mutate()}>
          {t('signIn.otherPhone')}
        </Button>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onCancel}>
          {t('signIn.cancel')}
        </Button>
      </div>
    </form>
  )
}
