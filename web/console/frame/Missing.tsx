import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty } from '../elements/Empty'
import { useTitle } from '../elements/useTitle'

export function Missing() {
  const { t } = useTranslation()
  useTitle(t('missing.title'))
  return (
    <Empty title={t('missing.title')} level={1} text={t('missing.text')}>
      <Button component={Link} to="/">
        {t('page.dashboard')}
      </Button>
    </Empty>
  )
}
