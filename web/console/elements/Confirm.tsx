import { Button, Checkbox } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './elements.module.css'
import { Dialog } from './Dialog'
import { Refused } from './Refused'

interface Props {
  title: string
  /** What follows from it. */
  children: ReactNode
  /** What must be ticked first, for what cannot be undone. */
  tick?: string
  action: string
  danger?: boolean
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

/** Asks before something is done that is hard to undo. It stays open when that fails, with the reason. */
export function Confirm({ title, children, tick, action, danger, onConfirm, onClose }: Props) {
  const { t } = useTranslation()
  const [ticked, setTicked] = useState(false)
  const { mutate, isPending, error } = useMutation({ mutationFn: onConfirm, onSuccess: onClose })
  return (
    <Dialog onClose={onClose} title={title}>
      <div className={classes.stack}>
        <div>{children}</div>
        {tick && (
          <Checkbox label={tick} checked={ticked} onChange={(event) => setTicked(event.currentTarget.checked)} />
        )}
        <Refused error={error} />
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button
            {...(danger ? { color: 'red.9' } : {})}
            disabled={tick !== undefined && !ticked}
            loading={isPending}
            onClick={() => mutate()}
          >
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
