import { Button, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconCheck } from '../../shared/icons'
import { Refused } from '../elements/Refused'
import { isFinal, Story } from '../elements/Story'
import classes from './Providers.module.css'
import { readDelivery } from './test'

/** Carriers that have not settled a message after this long rarely do so while somebody watches. */
const patience = 120_000

/** What becomes of a test, from the carrier's acceptance on, read again every second until it is settled. */
export function TestStory({ name, id }: { name: string; id: string }) {
  const { t } = useTranslation()
  const [stopped, setStopped] = useState(false)
  const [began] = useState(() => Date.now())
  const { data, error } = useQuery({
    queryKey: ['delivery', id, 'live'],
    queryFn: () => readDelivery(id),
    enabled: !stopped,
    refetchInterval: ({ state }) =>
      (state.data && isFinal(state.data.state)) || Date.now() - began > patience ? false : 1000,
  })
  const waiting = !stopped && !(data && isFinal(data.state))
  return (
    <div className={classes.answer}>
      <p className={classes.accepted} role="status">
        <IconCheck /> {t('test.accepted', { name })}
      </p>
      {data && <Story delivery={data} live />}
      <Refused error={error} />
      {waiting && (
        <div className={classes.waiting}>
          <Loader size={14} />
          <span>{t('test.waiting')}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => setStopped(true)}>
            {t('test.stopWatching')}
          </Button>
        </div>
      )}
    </div>
  )
}
