import { ActionIcon, Loader } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation, useNavigation } from 'react-router'
import { IconMenu } from '../../shared/icons'
import { Preferences } from '../../shared/Preferences'
import { Dialog } from '../elements/Dialog'
import { Refused } from '../elements/Refused'
import { useMay } from '../session/may'
import { useSession } from '../session/session'
import { Account } from './Account'
import { Brand } from './Brand'
import { Forbidden } from './Forbidden'
import classes from './Frame.module.css'
import { Menu } from './Menu'
import { NoAdministrator } from './NoAdministrator'
import { rightFor } from './pages'
import { Search } from './Search'
import { SignInAgain } from './SignInAgain'

/** The console around each page, for somebody who is in. */
export function Frame() {
  const { t } = useTranslation()
  const { data: session, error } = useSession()
  const { pathname, search, hash } = useLocation()
  if (error) return <Refused error={error} />
  if (session === undefined) return <Loader className={classes.wait} aria-label={t('loading')} />
  if (session === null) {
    const here = pathname + search + hash
    return <Navigate to={here === '/' ? '/login' : `/login?to=${encodeURIComponent(here)}`} replace />
  }
  if (!session.role) return <NoAdministrator session={session} />
  return (
    <>
      <Inside />
      <SignInAgain session={session} />
    </>
  )
}

function Inside() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const loading = useNavigation().state === 'loading'
  const [opened, menu] = useDisclosure(false)
  useEffect(() => menu.close(), [pathname, menu])
  const may = useMay()
  const allowed = may(rightFor(pathname))
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#page">
        {t('skip')}
      </a>
      <nav className={classes.side} aria-label={t('menu.label')}>
        <Brand />
        <Menu />
      </nav>
      <header className={classes.top}>
        <ActionIcon
          className={classes.burger}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('menu.open')}
          onClick={menu.open}
        >
          <IconMenu />
        </ActionIcon>
        <Search />
        <div className={classes.tools}>
          <Preferences />
          <Account />
        </div>
        {loading && <div className={classes.progress} role="progressbar" aria-label={t('loading')} />}
      </header>
      <main id="page" className={classes.page} tabIndex={-1}>
        {allowed ? <Outlet /> : <Forbidden />}
      </main>
      <Dialog place="left" opened={opened} onClose={menu.close} size={270} title={<Brand />}>
        <nav aria-label={t('menu.label')}>
          <Menu />
        </nav>
      </Dialog>
    </div>
  )
}
