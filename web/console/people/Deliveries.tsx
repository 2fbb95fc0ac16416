import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, body, type User } from '../api/client'
import elements from '../elements/elements.module.css'
import { Refused } from '../elements/Refused'
import { isFinal, Story } from '../elements/Story'
import { is, logPath } from '../log/search'
import classes from './People.module.css'

const most = 50

/** The last messages to a person, told as stories; read again while one of them is on its way. */
export function Deliveries({ user }: { user: User }) {
  const { t } = useTranslation()
  const { login } = user.profile
  const [limit, setLimit] = useState(5)
  const { data, error, isFetching } = useQuery({
    queryKey: ['deliveries', login, limit],
    queryFn: () => body(api.GET('/api/v1/deliveries', { params: { query: { q: login, limit } } })),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.some((one) => !isFinal(one.state)) ? 2000 : 15_000),
  })
  return (
    <section className={elements.card} aria-labelledby="deliveries">
      <div className={classes.headline}>
        <h2 id="deliveries">{t('deliveries.title')}</h2>
        <Link to={logPath(is('target.id', user.id), '30d')}>{t('deliveries.log')}</Link>
      </div>
      <Refused error={error} />
      {data?.length === 0 && <p className={classes.quiet}>{t('deliveries.none')}</p>}
      <div className={classes.stories}>
        {data?.map((delivery, index) => (
          <Story key={delivery.id ?? index} delivery={delivery} />
        ))}
      </div>
      {data && data.length === limit && limit < most && (
        <Button variant="default" loading={isFetching} onClick={() => setLimit(Math.min(most, limit * 3))}>
          {t('deliveries.more')}
        </Button>
      )}
    </section>
  )
}
