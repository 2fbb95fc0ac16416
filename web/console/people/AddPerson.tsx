import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api, body } from '../api/client'
import { aboutField } from '../api/refusal'
import { Dialog } from '../elements/Dialog'
import { Refused } from '../elements/Refused'
import { personPath } from '../frame/pages'
import classes from './People.module.css'

const fields = { firstName: 100, lastName: 100, login: 100, mobilePhone: 100 } as const
type Field = keyof typeof fields
const password = 'credentials.password.value'

export function AddPerson({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [form, setForm] = useState<Record<Field | 'password', string>>({
    firstName: '',
    lastName: '',
    login: '',
    mobilePhone: '',
    password: '',
  })
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const { password: value, ...typed } = form
      const profile = { ...filled(typed), login: typed.login.trim(), email: typed.login.trim() }
      const user = await body(
        api.POST('/api/v1/users', { body: value ? { profile, credentials: { password: { value } } } : { profile } }),
      )
      await queries.invalidateQueries({ queryKey: ['people'] })
      await navigate(personPath(user.id))
    },
  })
  const bind = (name: Field | 'password', path: string) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setForm((before) => ({ ...before, [name]: value }))
    },
    error: aboutField(error, path),
    autoComplete: 'off',
  })
  const shown = [...Object.keys(fields).map((name) => `profile.${name}`), password]
  return (
    <Dialog onClose={onClose} title={t('people.add')} stay>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          mutate()
        }}
      >
        {(Object.keys(fields) as Field[]).map((name, index) => (
          <TextInput
            key={name}
            label={t(`person.${name}`)}
            type={name === 'mobilePhone' ? 'tel' : name === 'login' ? 'email' : 'text'}
            required={name !== 'mobilePhone'}
            maxLength={fields[name]}
            {...(index === 0 ? { 'data-autofocus': true } : {})}
            {...bind(name, `profile.${name}`)}
          />
        ))}
        <PasswordInput
          label={t('person.password')}
          description={t('person.passwordHint')}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          {...bind('password', password)}
          autoComplete="new-password"
        />
        <Refused error={error} shown={shown} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('people.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Without the fields that were left empty. */
function filled(typed: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  )
}
