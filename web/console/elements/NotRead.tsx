import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Refusal } from '../api/refusal'
import { Empty } from './Empty'
import { Refused } from './Refused'

/** Stands for what could not be read: that the role of who is in does not open it, or why else. */
export function NotRead({ error }: { error: unknown }) {
  const { t } = useTranslation()
  if (!(error instanceof Refusal && error.status === 403)) return <Refused error={error} />
  return (
    <Empty title={t('notYours.title')} text={t('notYours.text')}>
      <Button component={Link} to="/" variant="default">
        {t('page.dashboard')}
      </Button>
    </Empty>
  )
}
