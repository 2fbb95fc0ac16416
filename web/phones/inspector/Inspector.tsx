import { useTranslation } from 'react-i18next'
import type { Phone } from '../state/desk'
import { BehaviorCard } from './BehaviorCard'
import { ClearPhone } from './ClearPhone'
import classes from './Inspector.module.css'
import { LatestCode } from './LatestCode'
import { TryIt } from './TryIt'

/** What one can know of the open phone and do with it, beside the phone itself. */
export function Inspector({ phone }: { phone: Phone }) {
  const { t } = useTranslation()
  return (
    <section className={classes.inspector} aria-label={t('inspector.label')}>
      <LatestCode phone={phone} />
      <TryIt number={phone.number} />
      <BehaviorCard phone={phone} />
      <ClearPhone number={phone.number} />
    </section>
  )
}
