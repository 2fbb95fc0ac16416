import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type User } from '../api/client'
import { ActionButton } from '../elements/ActionButton'
import { Confirm } from '../elements/Confirm'
import classes from './People.module.css'
import { nameOf } from './person'

/** For a person who is locked out after too many wrong passwords: what that means, and the way back in. */
export function Unlock({ user }: { user: User }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  if (user.status !== 'LOCKED_OUT') return null
  const unlock = async () => {
    await api.POST('/api/v1/users/{id}/lifecycle/unlock', { params: { path: { id: user.id } } })
    await queries.invalidateQueries({ queryKey: ['person', user.id] })
  }
  return (
    <div className={classes.locked} role="status">
      <p>{t('unlock.text', { name: nameOf(user) })}</p>
      <ActionButton right="support" size="compact-md" onClick={() => setAsking(true)}>
        {t('unlock.action')}
      </ActionButton>
      {asking && (
        <Confirm
          title={t('unlock.title', { name: nameOf(user) })}
          action={t('unlock.action')}
          onConfirm={unlock}
          onClose={() => setAsking(false)}
        >
          {t('unlock.ask')}
        </Confirm>
      )}
    </div>
  )
}
