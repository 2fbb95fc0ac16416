import { Button, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import type { LogEvent } from '../api/client'
import { Empty } from '../elements/Empty'
import { PageHead } from '../elements/PageHead'
import { Pill } from '../elements/Pill'
import { Refused } from '../elements/Refused'
import { EventDetails } from './EventDetails'
import { toneOf } from './events'
import classes from './Log.module.css'
import { readPages } from './reader'
import { is } from './search'

/** The permanent page of one event: found by its id among what was published at that very instant. */
export function Component() {
  const { t } = useTranslation()
  const { uuid } = useParams()
  const [search] = useSearchParams()
  const at = Date.parse(search.get('at') ?? '')
  const { data, error, isPending } = useQuery({
    queryKey: ['event', uuid, at],
    queryFn: ({ signal }) => findEvent(uuid ?? '', at, signal),
    staleTime: Infinity,
  })
  return (
    <>
      <Link to="/reports/system-log">{t('page.log')}</Link>
      <PageHead title={data?.displayMessage ?? t('log.event')}>
        {data && <Pill tone={toneOf(data.outcome.result)}>{data.outcome.result}</Pill>}
      </PageHead>
      <Refused error={error} />
      {isPending && <Loader aria-label={t('loading')} />}
      {data === null && (
        <Empty title={t('log.gone')} text={t('log.goneText')}>
          <Button component={Link} to="/reports/system-log">
            {t('page.log')}
          </Button>
        </Empty>
      )}
      {data && (
        <div className={classes.single}>
          <EventDetails event={data} />
        </div>
      )}
    </>
  )
}

async function findEvent(uuid: string, at: number, signal: AbortSignal): Promise<LogEvent | null> {
  if (Number.isNaN(at)) return null
  const [since, until] = [at, at + 1].map((ms) => new Date(ms).toISOString()) as [string, string]
  const query = { since, until, filter: is('uuid', uuid), words: '' }
  const found: LogEvent[] = []
  await readPages(query, { atMost: 1, signal, onPage: (events) => found.push(...events) })
  return found[0] ?? null
}
