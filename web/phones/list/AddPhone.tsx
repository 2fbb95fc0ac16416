import { Button, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconPlus } from '../../shared/icons'
import { e164 } from '../../shared/number'
import classes from './AddPhone.module.css'

/** Opens the phone of a number that got nothing yet, to set its behavior before the first message. */
export function AddPhone({ onAdd }: { onAdd: (number: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)

  if (!open) {
    return (
      <Button
        className={classes.open}
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={16} />}
        onClick={() => setOpen(true)}
      >
        {t('add.open')}
      </Button>
    )
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const number = e164(typed)
    setWrong(!number)
    if (!number) return
    onAdd(number)
    setTyped('')
    setOpen(false)
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t('add.label')}
        placeholder="+12025550123"
        type="tel"
        autoComplete="off"
        value={typed}
        error={wrong && t('add.wrong')}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false)
        }}
        data-autofocus
        autoFocus
      />
      <Button type="submit">{t('add.submit')}</Button>
    </form>
  )
}
