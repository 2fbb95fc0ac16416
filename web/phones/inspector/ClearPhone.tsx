import { Button, Popover } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconTrash } from '../../shared/icons'
import { clear } from '../api'
import classes from './Inspector.module.css'

/** Forgets the messages and calls of a phone, after asking. */
export function ClearPhone({ number }: { number: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const clearing = useMutation({ mutationFn: () => clear(number), onSuccess: () => setOpen(false) })
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" trapFocus withArrow>
      <Popover.Target>
        <Button
          className={classes.clear}
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconTrash size={15} />}
          onClick={() => setOpen(true)}
        >
          {t('clear.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className={classes.ask}>{t('clear.ask')}</p>
        {clearing.error && (
          <p className={classes.error} role="alert">
            {clearing.error.message}
          </p>
        )}
        <div className={classes.buttons}>
          <Button size="xs" color="red.8" loading={clearing.isPending} onClick={() => clearing.mutate()}>
            {t('clear.yes')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setOpen(false)} data-autofocus>
            {t('clear.no')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
