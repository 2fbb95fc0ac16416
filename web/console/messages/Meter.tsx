import { useTranslation } from 'react-i18next'
import type { Count } from './count'
import classes from './Editor.module.css'

/** How much room a text takes of what it may. */
export function Meter({ counted, limit }: { counted: Count; limit: number }) {
  const { t } = useTranslation()
  const { characters, encoding, segments } = counted
  const full = characters / limit
  return (
    <div className={classes.meter} data-state={full > 1 ? 'over' : full > 0.9 ? 'near' : undefined}>
      <div className={classes.bar} aria-hidden="true">
        <span style={{ width: `${Math.min(full, 1) * 100}%` }} />
      </div>
      <span className={classes.counted}>{t('sms.counted', { characters, limit })}</span>
      <span>{encoding}</span>
      <span>{t('sms.segments', { count: segments })}</span>
    </div>
  )
}
