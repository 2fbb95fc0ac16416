import { Button, Switch } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { IconRefresh } from '../../shared/icons'
import { Refusal } from '../api/refusal'
import { Empty } from '../elements/Empty'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { EventList } from './EventList'
import { newMatcher } from './events'
import { ExportMenu } from './ExportMenu'
import { FilterField } from './FilterField'
import { Histogram } from './Histogram'
import classes from './Log.module.css'
import { Narrow } from './Narrow'
import { RangeField } from './RangeField'
import { endsOf, readRange, writeRange } from './range'
import { atOnce, useLog } from './useLog'
import { useTail } from './useTail'

export function Component() {
  const { t, i18n } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const [asked, setAsked] = useState(() => Date.now())
  const [following, setFollowing] = useState(false)

  const range = useMemo(() => readRange(search), [search])
  const filter = search.get('filter') ?? ''
  const { since, until } = useMemo(() => endsOf(range, asked), [range, asked])
  const query = useMemo(() => ({ since, until, filter }), [since, until, filter])
  const { log, reload, readMore, stop, add } = useLog(query)
  // A little before what was read: nothing falls between, and what comes twice is dropped.
  const lost = useTail(following, new Date(asked - 10_000).toISOString(), filter, add)
  const newest = log.events[0]?.published ?? ''

  const types = search.getAll('type')
  const result = search.get('outcome') ?? ''
  const words = search.get('q') ?? ''
  const matches = useMemo(() => newMatcher({ types, result, words }), [types.join(), result, words])
  const shown = useMemo(() => log.events.filter(matches), [log.events, matches])
  const narrowed = types.length > 0 || result !== '' || words !== ''

  const change = useCallback(
    (edit: (next: URLSearchParams) => void) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before)
          edit(next)
          return next
        },
        { replace: true },
      ),
    [setSearch],
  )
  const number = (n: number) => n.toLocaleString(i18n.language)
  const badFilter = log.error instanceof Refusal && filter !== '' && log.error.status === 400
  return (
    <>
      <PageHead title={t('page.log')} about={t('log.about')}>
        <Switch
          className={classes.follow}
          label={t('log.follow')}
          checked={following}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
        <ExportMenu query={query} matches={matches} />
      </PageHead>
      <div className={classes.tools}>
        <RangeField
          range={range}
          onChange={(wanted) => {
            setAsked(Date.now())
            change((next) => writeRange(next, wanted))
          }}
        />
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          onClick={() => {
            setAsked(Date.now())
            reload()
          }}
        >
          {t('log.refresh')}
        </Button>
        <FilterField
          key={filter}
          filter={filter}
          error={badFilter ? log.error : undefined}
          onFilter={(wanted) => change((next) => (wanted ? next.set('filter', wanted) : next.delete('filter')))}
        />
      </div>
      <Histogram
        events={shown}
        since={since}
        until={following && newest > until ? newest : until}
        read={log.next ? log.events.at(-1)?.published : undefined}
        onZoom={(from, to) =>
          change((next) => writeRange(next, { since: new Date(from).toISOString(), until: new Date(to).toISOString() }))
        }
      />
      <Narrow events={log.events} types={types} result={result} words={words} onChange={change} />
      <div className={classes.status} role="status">
        <span>
          {narrowed
            ? t('log.narrowed', {
                shown: number(shown.length),
                count: log.events.length,
                all: number(log.events.length),
              })
            : t('log.count', { count: log.events.length, all: number(log.events.length) })}
        </span>
        {log.reading && (
          <>
            <span>{t('log.reading')}</span>
            <Button variant="subtle" size="compact-sm" onClick={stop}>
              {t('log.stop')}
            </Button>
          </>
        )}
        {!log.reading && log.next && (
          <Button variant="subtle" size="compact-sm" onClick={readMore}>
            {t('log.more', { count: atOnce, all: number(atOnce) })}
          </Button>
        )}
        {lost && <span className={classes.lost}>{t('log.lost')}</span>}
      </div>
      {!badFilter && <Refused error={log.error} />}
      {shown.length > 0 && (
        <EventList events={shown} onWords={(text) => change((next) => next.set('q', text))} following={following} />
      )}
      {shown.length === 0 && !log.reading && !log.error && (
        <Empty
          title={t(narrowed ? 'log.noMatch' : 'log.none')}
          text={t(narrowed ? 'log.noMatchText' : 'log.noneText')}
        />
      )}
    </>
  )
}
