import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { IconAlert } from '../../shared/icons'
import type { Provider } from '../api/client'
import elements from '../elements/elements.module.css'
import { providersPath } from '../frame/pages'
import { carrierName } from '../providers/carriers'

/** Says why no hook can be active while a telephony provider is, and where that is changed. */
export function Exclusion({ providers }: { providers: readonly Provider[] }) {
  const { t, i18n } = useTranslation()
  const active = providers.filter(({ enabled }) => enabled).map(({ providerName }) => carrierName(providerName))
  if (active.length === 0) return null
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(active)
  return (
    <p className={elements.note} role="note">
      <IconAlert />
      <span>
        {t('hooks.excluded', { names, count: active.length })} <Link to={providersPath}>{t('page.providers')}</Link>
      </span>
    </p>
  )
}
