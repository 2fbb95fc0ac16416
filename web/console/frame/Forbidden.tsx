import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty } from '../elements/Empty'
import { useTitle } from '../elements/useTitle'

/** In the place of a page that somebody's role does not open. */
export function Forbidden() {
  const { t } = useTranslation()
  useTitle(t('notYours.title'))
  return (
    <Empty title={t('notYours.title')} level={1} text={t('notYours.text')}>
      <Button component={Link} to="/">
        {t('page.dashboard')}
      </Button>
    </Empty>
  )
}
