import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconAlert } from '../../shared/icons'
import classes from './elements.module.css'

/** Tells that somebody else saved in the meantime, and what they changed: a list, as its entries. */
export function Overwritten({ children, onTake }: { children: ReactNode; onTake: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className={classes.changed}>
      <IconAlert />
      <div>
        <strong>{t('changed.title')}</strong>
        <ul>{children}</ul>
        <Button size="compact-sm" variant="default" onClick={onTake}>
          {t('changed.take')}
        </Button>
      </div>
    </div>
  )
}
