import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Session, useSignOut } from '../session/session'
import { SignInForm } from '../session/SignInForm'

/** Over the page when the session has ended, so that nothing on it is lost. Closing it signs out. */
export function SignInAgain({ session }: { session: Session }) {
  const { t } = useTranslation()
  const signOut = useSignOut()
  return (
    <Modal
      opened={session.expired}
      onClose={() => void signOut()}
      closeOnClickOutside={false}
      title={t('signIn.againTitle')}
      closeButtonProps={{ 'aria-label': t('account.signOut') }}
      centered
    >
      <p>{t('signIn.againText')}</p>
      <SignInForm login={session.login} onDone={() => undefined} />
    </Modal>
  )
}
