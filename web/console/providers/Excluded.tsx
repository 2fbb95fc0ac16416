import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { IconAlert } from '../../shared/icons'
import elements from '../elements/elements.module.css'
import { hooksPath } from '../frame/pages'
import { useActiveHook } from '../hooks/queries'

/** Says why no provider can be active while an inline hook is, and where that is changed. */
export function Excluded() {
  const { t } = useTranslation()
  const hook = useActiveHook()
  if (!hook) return null
  return (
    <p className={elements.note} role="note">
      <IconAlert />
      <span>
        {t('excluded.carries', { name: hook.name })} <Link to={hooksPath}>{t('page.hooks')}</Link>
      </span>
    </p>
  )
}
