import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconAlert } from '../shared/icons'
import classes from './App.module.css'
import type { Connection } from './state/stream'

/** Tells that what is shown may be old, while the page tries to connect again. */
export function Banner({ connection, onRetry }: { connection: Connection; onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      {connection === 'lost' && (
        <div className={classes.banner}>
          <IconAlert />
          <span>{t('banner.lost')}</span>
          <Button size="compact-sm" variant="white" color="dark" onClick={onRetry}>
            {t('banner.retry')}
          </Button>
        </div>
      )}
    </div>
  )
}
