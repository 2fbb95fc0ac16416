import { Button, Switch } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { IconRefresh } from '../../shared/icons'
import { Empty } from '../elements/Empty'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { EventList } from './EventList'
import { ExportMenu } from './ExportMenu'
import { FilterField, isAboutFilter } from './FilterField'
import { Histogram } from './Histogram'
import classes from './Log.module.css'
import { Narrow } from './Narrow'
import { RangeField } from './RangeField'
import { endsOf, readRange, writeRange } from './range'
import { filterOf, readSearch } from './search'
import { Status } from './Status'
import { useLog } from './useLog'
import { useTail } from './useTail'

/** The System Log. What it shows stands in its address, so a link shows the same to somebody else. */
export function Component() {
  const { t } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const [asked, setAsked] = useState(() => Date.now())
  const [following, setFollowing] = useState(false)

  const range = useMemo(() => readRange(address), [address])
  const search = useMemo(() => readSearch(address), [address])
  const query = useMemo(
    () => ({ ...endsOf(range, asked), filter: filterOf(search), words: search.words }),
    [range, asked, search],
  )
  const { log, readMore, stop, add } = useLog(query)
  // A little before what was read: nothing falls between, and what comes twice is dropped.
  const lost = useTail(following, new Date(asked - 10_000).toISOString(), query, add)
  const newest = log.events[0]?.published ?? ''
  const narrowed = query.filter !== '' || query.words !== ''

  const change = useCallback(
    (edit: (next: URLSearchParams) => void) => {
      setAsked(Date.now())
      setAddress(
        (before) => {
          const next = new URLSearchParams(before)
          edit(next)
          return next
        },
        { replace: true },
      )
    },
    [setAddress],
  )
  return (
    <>
      <PageHead title={t('page.log')} about={t('log.about')}>
        <Switch
          className={classes.follow}
          label={t('log.follow')}
          checked={following}
          onChange={(event) => setFollowing(event.currentTarget.checked)}
        />
        <ExportMenu query={query} />
      </PageHead>
      <div className={classes.tools}>
        <RangeField range={range} onChange={(wanted) => change((next) => writeRange(next, wanted))} />
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} />}
          onClick={() => setAsked(Date.now())}
          loading={log.reading && log.events.length === 0}
        >
          {t('log.refresh')}
        </Button>
        <FilterField
          key={search.filter}
          filter={search.filter}
          error={log.error}
          onFilter={(wanted) => change((next) => (wanted ? next.set('filter', wanted) : next.delete('filter')))}
        />
      </div>
      <Narrow log={log} search={search} onChange={change} />
      <Histogram
        events={log.events}
        since={query.since}
        until={following && newest > query.until ? newest : query.until}
        read={log.reading || log.next ? log.events.at(-1)?.published : undefined}
        onZoom={(from, to) =>
          change((next) => writeRange(next, { since: new Date(from).toISOString(), until: new Date(to).toISOString() }))
        }
      />
      <Status log={log} lost={lost} onMore={readMore} onStop={stop} />
      {!isAboutFilter(log.error) && <Refused error={log.error} />}
      {log.events.length > 0 && <EventList events={log.events} following={following} />}
      {log.events.length === 0 && !log.reading && !log.error && (
        <Empty
          title={t(narrowed ? 'log.noMatch' : 'log.none')}
          text={t(narrowed ? 'log.noMatchText' : 'log.noneText')}
        />
      )}
    </>
  )
}
