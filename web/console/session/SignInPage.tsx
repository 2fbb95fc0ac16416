import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { useTitle } from '../elements/useTitle'
import { Door } from './Door'
import { useSession } from './session'
import { SignInForm } from './SignInForm'
import { safeReturn } from './way'

export function SignInPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const { data: session } = useSession()
  const to = safeReturn(search.get('to'))
  useTitle(t('signIn.title'))
  if (session) return <Navigate to={to} replace />
  return (
    <Door title={t('signIn.title')}>
      <SignInForm onDone={() => void navigate(to, { replace: true })} />
    </Door>
  )
}
