import { useTranslation } from 'react-i18next'
import { Dialog } from '../elements/Dialog'
import { type Session, useSignOut } from '../session/session'
import { SignInForm } from '../session/SignInForm'

/** Over the page when the session has ended, so that nothing on it is lost. Closing it signs out. */
export function SignInAgain({ session }: { session: Session }) {
  const { t } = useTranslation()
  const signOut = useSignOut()
  return (
    <Dialog
      opened={session.expired}
      onClose={() => void signOut()}
      title={t('signIn.againTitle')}
      closeLabel={t('account.signOut')}
      stay
      foremost
    >
      <p>{t('signIn.againText')}</p>
      <SignInForm login={session.login} onDone={() => undefined} />
    </Dialog>
  )
}
