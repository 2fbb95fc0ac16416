import { useTranslation } from 'react-i18next'
import { IconLock } from '../../shared/icons'
import { useMayChange } from '../session/role'
import classes from './elements.module.css'

/** Says why a page has no actions, to an administrator who may look only. */
export function LookOnly() {
  const { t } = useTranslation()
  if (useMayChange() !== false) return null
  return (
    <p className={classes.note} role="note">
      <IconLock /> {t('lookOnly')}
    </p>
  )
}
