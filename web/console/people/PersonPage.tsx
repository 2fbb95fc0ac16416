import { Button, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { readable } from '../../shared/number'
import { api, body, isGone, type User } from '../api/client'
import { Empty } from '../elements/Empty'
import elements from '../elements/elements.module.css'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { When } from '../elements/When'
import { Deliveries } from './Deliveries'
import classes from './People.module.css'
import { nameOf } from './person'
import { Phones } from './Phones'
import { Unlock } from './Unlock'
import { UserStatus } from './UserStatus'

export function Component() {
  const { t } = useTranslation()
  const { id = '' } = useParams()
  const { data: user, error } = useQuery({
    queryKey: ['person', id],
    queryFn: () => body(api.GET('/api/v1/users/{id}', { params: { path: { id } } })),
  })
  if (isGone(error)) {
    return (
      <Empty title={t('person.gone')} level={1} text={t('person.goneText')}>
        <Button component={Link} to="/directory/people">
          {t('page.people')}
        </Button>
      </Empty>
    )
  }
  return (
    <>
      <Link to="/directory/people">{t('page.people')}</Link>
      <PageHead title={user ? nameOf(user) : t('page.people')} about={user?.profile.login} />
      <Refused error={error} />
      {!user && !error && <Loader aria-label={t('loading')} />}
      {user && <Unlock user={user} />}
      {user && (
        <div className={classes.person}>
          <div className={classes.column}>
            <Profile user={user} />
            <Phones user={user} />
          </div>
          <Deliveries user={user} />
        </div>
      )}
    </>
  )
}

function Profile({ user }: { user: User }) {
  const { t } = useTranslation()
  const { profile, status, lastLogin, created } = user
  const facts = [
    ['mobilePhone', profile.mobilePhone && readable(profile.mobilePhone)],
    ['primaryPhone', profile.primaryPhone && readable(profile.primaryPhone)],
    ['email', profile.email !== profile.login && profile.email],
    ['preferredLanguage', profile.preferredLanguage ?? profile.locale],
  ] as const
  return (
    <section className={elements.card} aria-labelledby="profile">
      <h2 id="profile">{t('person.profile')}</h2>
      <dl className={elements.facts}>
        <dt>{t('people.status')}</dt>
        <dd>
          <UserStatus status={status} />
        </dd>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{t(`person.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        <dt>{t('people.lastLogin')}</dt>
        <dd>{lastLogin ? <When at={lastLogin} /> : t('people.never')}</dd>
        <dt>{t('person.created')}</dt>
        <dd>
          <When at={created} />
        </dd>
        <dt>ID</dt>
        <dd className={elements.mono}>{user.id}</dd>
      </dl>
    </section>
  )
}
