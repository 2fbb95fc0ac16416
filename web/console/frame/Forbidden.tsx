import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty } from '../elements/Empty'
import { useTitle } from '../elements/useTitle'

/** In the place of a page that somebody's role does not open. */
export function Forbidden() {
  const { t } = useTranslation()
  useTitle(t('role.forbidden'))
  return (
    <Empty title={t('role.forbidden')} level={1} text={t('role.forbiddenText')}>
      <Button component={Link} to="/">
        {t('page.dashboard')}
      </Button>
    </Empty>
  )
}
