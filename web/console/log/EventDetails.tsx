import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { IconCheck, IconLink, IconPeople, IconPhone, IconSearch } from '../../shared/icons'
import { useCopy } from '../../shared/useCopy'
import { api, body, type LogEvent } from '../api/client'
import { Refused } from '../elements/Refused'
import { Story } from '../elements/Story'
import { When } from '../elements/When'
import { eventPath, personPath, providersPath } from '../frame/pages'
import { carrierName } from '../providers/carriers'
import { linksOf } from './events'
import classes from './Log.module.css'
import { is, logPath } from './search'

/** All that is known of an event, and where it leads. */
export function EventDetails({ event }: { event: LogEvent }) {
  const { t } = useTranslation()
  const { delivery, person, provider } = linksOf(event)
  const { copied, copy } = useCopy(new URL(eventPath(event), location.origin).href)
  const facts: [name: string, value: string][] = [
    ['eventType', event.eventType],
    ['severity', event.severity],
    ['outcome.reason', event.outcome.reason ?? ''],
    ['actor', `${event.actor.displayName} (${event.actor.type} ${event.actor.id})`],
    ...event.target.map(
      ({ type, id, displayName }) => ['target', `${displayName} (${type} ${id})`] satisfies [string, string],
    ),
    ['client.ipAddress', event.client.ipAddress ?? ''],
    ['client.userAgent', event.client.userAgent?.rawUserAgent ?? ''],
    ['transaction.id', `${event.transaction.id} (${event.transaction.type})`],
    ['uuid', event.uuid],
  ]
  const debug = Object.entries(event.debugContext.debugData)
  return (
    <div className={classes.details}>
      <div className={classes.leads}>
        {person && (
          <Button
            component={Link}
            to={personPath(person.id)}
            size="compact-sm"
            variant="default"
            leftSection={<IconPeople size={15} />}
          >
            {person.displayName}
          </Button>
        )}
        {provider && (
          <Button
            component={Link}
            to={`${providersPath}#${provider}`}
            size="compact-sm"
            variant="default"
            leftSection={<IconPhone size={15} />}
          >
            {carrierName(provider)}
          </Button>
        )}
        {event.transaction.type === 'WEB' && (
          <Button
            component={Link}
            to={logPath(is('transaction.id', event.transaction.id), '30d')}
            size="compact-sm"
            variant="default"
            leftSection={<IconSearch size={15} />}
          >
            {t('log.sameRequest')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={copied ? <IconCheck size={15} /> : <IconLink size={15} />}
          onClick={copy}
        >
          {t(copied ? 'log.linkCopied' : 'log.copyLink')}
        </Button>
      </div>
      {delivery && <DeliveryOf id={delivery} />}
      <dl className={classes.facts}>
        <dt>published</dt>
        <dd>
          <When at={event.published} />
        </dd>
        {[...facts, ...debug.map(([key, value]) => [`debugData.${key}`, value] as const)].map(
          ([name, value], index) =>
            value && (
              <div key={index}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <details className={classes.json}>
        <summary>{t('log.json')}</summary>
        <pre tabIndex={0}>{JSON.stringify(event, null, 2)}</pre>
      </details>
    </div>
  )
}

function DeliveryOf({ id }: { id: string }) {
  const { t } = useTranslation()
  const { data, error } = useQuery({
    queryKey: ['delivery', id],
    queryFn: () => body(api.GET('/api/v1/deliveries', { params: { query: { q: id, limit: 1 } } })),
  })
  return (
    <section className={classes.delivery} aria-label={t('log.delivery')}>
      <Refused error={error} />
      {data?.[0] && <Story delivery={data[0]} />}
    </section>
  )
}
