import { Button, CloseButton, Loader, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { IconPlus, IconSearch } from '../../shared/icons'
import type { User } from '../api/client'
import { ActionButton } from '../elements/ActionButton'
import { Empty } from '../elements/Empty'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { useTyped } from '../elements/useTyped'
import { When } from '../elements/When'
import { personPath } from '../frame/pages'
import { AddPerson } from './AddPerson'
import classes from './People.module.css'
import { nameOf } from './person'
import { findPeople, listPeople } from './search'
import { UserStatus } from './UserStatus'

export function Component() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('q') ?? ''
  const [typed, type] = useTyped(asked, (q) => setSearch(q ? { q } : {}, { replace: true }), 250)
  const [adding, setAdding] = useState(false)

  const everybody = useInfiniteQuery({
    queryKey: ['people', 'all'],
    queryFn: ({ pageParam, signal }) => listPeople(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    enabled: asked === '',
  })
  const found = useQuery({
    queryKey: ['people', 'search', asked],
    queryFn: ({ signal }) => findPeople(asked, signal),
    enabled: asked !== '',
    placeholderData: (before) => before,
  })
  const users = asked === '' ? everybody.data?.pages.flatMap((page) => page.users) : found.data
  const error = asked === '' ? everybody.error : found.error
  return (
    <>
      <PageHead title={t('page.people')} about={t('people.about')}>
        <ActionButton right="administer" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {t('people.add')}
        </ActionButton>
      </PageHead>
      <TextInput
        className={classes.search}
        type="search"
        aria-label={t('people.search')}
        placeholder={t('people.search')}
        leftSection={found.isFetching ? <Loader size={14} /> : <IconSearch size={16} />}
        rightSection={typed && <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => type('')} />}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <Refused error={error} />
      {!users && !error && <Loader aria-label={t('loading')} />}
      {users && users.length > 0 && <List users={users} />}
      {users?.length === 0 && !found.isFetching && <Empty title={t('people.none')} text={t('people.noneText')} />}
      {asked === '' && everybody.hasNextPage && (
        <Button
          className={classes.more}
          variant="default"
          loading={everybody.isFetchingNextPage}
          onClick={() => void everybody.fetchNextPage()}
        >
          {t('people.more')}
        </Button>
      )}
      {adding && <AddPerson onClose={() => setAdding(false)} />}
    </>
  )
}

function List({ users }: { users: readonly User[] }) {
  const { t } = useTranslation()
  return (
    <table className={classes.list}>
      <thead>
        <tr>
          <th scope="col">{t('people.person')}</th>
          <th scope="col">{t('people.status')}</th>
          <th scope="col">{t('people.lastLogin')}</th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <tr key={user.id}>
            <th scope="row">
              <Link to={personPath(user.id)}>{nameOf(user)}</Link>
              <span>{user.profile.login}</span>
            </th>
            <td>
              <UserStatus status={user.status} />
            </td>
            <td>{user.lastLogin ? <When at={user.lastLogin} /> : <span>{t('people.never')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
