import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './Log.module.css'
import { atOnce, type Loaded } from './useLog'

interface Props {
  log: Loaded
  lost: boolean
  onMore: () => void
  onStop: () => void
}

/** How much is loaded, and what can be done about it. */
export function Status({ log, lost, onMore, onStop }: Props) {
  const { t, i18n } = useTranslation()
  const number = (n: number) => n.toLocaleString(i18n.language)
  const count = log.events.length
  return (
    <div className={classes.status}>
      <span role="status">{t('log.count', { count, all: number(count) })}</span>
      {log.reading && (
        <>
          <span>{t('log.reading')}</span>
          <Button variant="subtle" size="compact-sm" onClick={onStop}>
            {t('log.stop')}
          </Button>
        </>
      )}
      {!log.reading && log.next && (
        <Button variant="subtle" size="compact-sm" onClick={onMore}>
          {t('log.more', { count: atOnce, all: number(atOnce) })}
        </Button>
      )}
      {lost && <span className={classes.lost}>{t('log.lost')}</span>}
    </div>
  )
}
