import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Transaction } from '../api/client'
import { Refused } from '../elements/Refused'
import { ChoosePhone } from './ChoosePhone'
import { EnterCode } from './EnterCode'
import { enter } from './session'
import classes from './SignIn.module.css'
import { giveUp, signIn } from './way'

interface Props {
  /** Who was in before; they need not type it again. */
  login?: string
  onDone: () => void
}

/** The way in: password, phone, code. What was typed stays when a step fails. */
export function SignInForm({ login = '', onDone }: Props) {
  const queries = useQueryClient()
  const [at, setAt] = useState<Transaction>()
  const [typed, setTyped] = useState(login)

  const follow = async (next: Transaction) => {
    if (next.status === 'SUCCESS') {
      await enter(queries, next.sessionToken ?? '')
      onDone()
    } else setAt(next)
  }
  const startOver = () => {
    // The server forgets it anyhow; nobody waits for that.
    if (at?.stateToken) giveUp(at.stateToken).catch(() => undefined)
    setAt(undefined)
  }
  if (at?.status === 'MFA_REQUIRED') return <ChoosePhone at={at} onNext={follow} onCancel={startOver} />
  if (at?.status === 'MFA_CHALLENGE') return <EnterCode at={at} onNext={follow} onCancel={startOver} />
  return <Password login={typed} onLogin={setTyped} onNext={follow} />
}

interface PasswordProps {
  login: string
  onLogin: (login: string) => void
  onNext: (next: Transaction) => Promise<void>
}

function Password({ login, onLogin, onNext }: PasswordProps) {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => onNext(await signIn(login.trim(), password)),
  })
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        mutate()
      }}
    >
      <TextInput
        label={t('signIn.login')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        data-autofocus={login === '' || undefined}
        autoFocus={login === ''}
        value={login}
        onChange={(event) => onLogin(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('signIn.password')}
        autoComplete="current-password"
        required
        data-autofocus={login !== '' || undefined}
        autoFocus={login !== ''}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Refused error={error} />
      <Button type="submit" loading={isPending}>
        {t('signIn.submit')}
      </Button>
    </form>
  )
}
