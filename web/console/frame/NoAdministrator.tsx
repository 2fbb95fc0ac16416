import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Door } from '../session/Door'
import { type Session, useSignOut } from '../session/session'

/** For somebody who signed in well but may not administer anything. */
export function NoAdministrator({ session }: { session: Session }) {
  const { t } = useTranslation()
  const signOut = useSignOut()
  return (
    <Door title={t('noAdministrator.title')}>
      <p>{t('noAdministrator.text', { login: session.login })}</p>
      <Button onClick={() => void signOut()}>{t('account.signOut')}</Button>
    </Door>
  )
}
