import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Empty } from '../elements/Empty'
import { useTitle } from '../elements/useTitle'
import { useSession } from '../session/session'

/** In the place of a page that somebody's role does not open. */
export function Forbidden() {
  const { t } = useTranslation()
  const role = useSession().data?.role
  useTitle(t('role.forbidden'))
  return (
    <Empty
      title={t('role.forbidden')}
      level={1}
      text={t('role.forbiddenText', { role: role ? t(`role.${role}`) : '' })}
    >
      <Button component={Link} to="/">
        {t('page.dashboard')}
      </Button>
    </Empty>
  )
}
