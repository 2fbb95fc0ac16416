import { useTranslation } from 'react-i18next'
import { IconLock } from '../../shared/icons'
import { useMay } from '../session/may'
import classes from './elements.module.css'

/** Says why a page has no actions, to an administrator who may look only. */
export function LookOnly() {
  const { t } = useTranslation()
  if (useMay()('administer')) return null
  return (
    <p className={classes.note} role="note">
      <IconLock /> {t('lookOnly')}
    </p>
  )
}
