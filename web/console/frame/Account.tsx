import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession, useSignOut } from '../session/session'
import classes from './Frame.module.css'
import { personPath } from './pages'

/** Who is in, and the way out. */
export function Account() {
  const { t } = useTranslation()
  const { data: session } = useSession()
  const signOut = useSignOut()
  if (!session) return null
  return (
    <Menu position="bottom-end" withArrow width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.account}>
          <span aria-hidden="true">{initials(session.name)}</span>
          <VisuallyHidden>{t('account.label', { name: session.name })}</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{session.name}</strong>
          <span>{session.login}</span>
          {session.role && <span>{t(`role.${session.role}`)}</span>}
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to={personPath(session.userId)}>
          {t('account.own')}
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function initials(name: string): string {
  const words = name.split(/[\s.@]+/).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase())
    .join('')
}
