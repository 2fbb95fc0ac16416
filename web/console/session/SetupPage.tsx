import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { api, isSignedOut } from '../api/client'
import { aboutField } from '../api/refusal'
import { Refused } from '../elements/Refused'
import { useTitle } from '../elements/useTitle'
import { Door } from './Door'
import { enter } from './session'
import classes from './SignIn.module.css'
import { signIn } from './way'

const shown = ['profile.firstName', 'profile.lastName', 'profile.login', 'credentials.password.value'] as const

/** Makes the first administrator, with the link that the first start printed: /setup#TOKEN. A fragment reaches no log. */
export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const token = useLocation().hash.slice(1)
  const [form, setForm] = useState({ firstName: '', lastName: '', login: '', password: '' })
  useTitle(t('setup.title'))

  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const { password, ...profile } = form
      await api.POST('/api/v1/setup', {
        body: { token, profile: { ...profile, email: profile.login }, credentials: { password: { value: password } } },
      })
      const { sessionToken } = await signIn(profile.login, password)
      await enter(queries, sessionToken ?? '')
      await navigate('/', { replace: true })
    },
  })
  const field = (name: keyof typeof form, path: (typeof shown)[number]) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setForm((before) => ({ ...before, [name]: value }))
    },
    error: aboutField(error, path),
    required: true,
  })
  return (
    <Door title={t('setup.title')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          mutate()
        }}
      >
        <p className={classes.quiet}>{t('setup.about')}</p>
        <div className={classes.pair}>
          <TextInput
            label={t('person.firstName')}
            autoComplete="given-name"
            autoFocus
            {...field('firstName', shown[0])}
          />
          <TextInput label={t('person.lastName')} autoComplete="family-name" {...field('lastName', shown[1])} />
        </div>
        <TextInput label={t('setup.login')} type="email" autoComplete="username" {...field('login', 'profile.login')} />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          {...field('password', 'credentials.password.value')}
        />
        {isSignedOut(error) ? <Refused words={t('setup.gone')} /> : <Refused error={error} shown={shown} />}
        <Button type="submit" loading={isPending}>
          {t('setup.submit')}
        </Button>
      </form>
    </Door>
  )
}
