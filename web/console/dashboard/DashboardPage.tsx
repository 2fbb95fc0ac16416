import { Loader, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { useProviders } from '../providers/queries'
import { useMay } from '../session/may'
import { attentionOf } from './attention'
import { Countries } from './Countries'
import classes from './Dashboard.module.css'
import { Figures } from './Figures'
import { Hours } from './Hours'
import { barsOf, readSpan, type Span, spanNames } from './traffic'
import { mostTroubles, useTotals, useTroubles } from './useTotals'

export function Component() {
  const { t, i18n } = useTranslation()
  const [address, setAddress] = useSearchParams()
  const span = readSpan(address)
  const { data, error } = useTotals(span)
  const number = (n: number) => n.toLocaleString(i18n.language)
  return (
    <>
      <PageHead title={t('page.dashboard')} about={t('dashboard.about')}>
        <SegmentedControl
          className={classes.span}
          aria-label={t('log.range.label')}
          value={span}
          onChange={(wanted: Span) => setAddress(wanted === '24h' ? {} : { range: wanted }, { replace: true })}
          data={spanNames.map((value) => ({ value, label: t(`dashboard.span.${value}`) }))}
        />
      </PageHead>
      <Refused error={error} />
      {!data && !error && <Loader aria-label={t('loading')} />}
      {data && (
        <div className={classes.grid}>
          <Figures total={data.total} span={span} />
          <section className={classes.wide} aria-labelledby="over-time">
            <h2 id="over-time">{t(`dashboard.overTime.${span}`)}</h2>
            <Hours
              bars={barsOf(data.hours, data.since, span)}
              height={150}
              axis
              label={t('dashboard.chart', {
                messages: number(data.total.messages),
                delivered: number(data.total.delivered),
                failed: number(data.total.failed + data.total.refused),
              })}
            />
            <ul className={classes.legend}>
              <li data-tone="good">{t('dashboard.legend.delivered')}</li>
              <li data-tone="open">{t('dashboard.legend.open')}</li>
              <li data-tone="bad">{t('dashboard.legend.failed')}</li>
            </ul>
            {!data.complete && <p className={classes.quiet}>{t('dashboard.partial')}</p>}
          </section>
          <AttentionList />
          <Countries countries={data.countries} />
        </div>
      )}
    </>
  )
}

/** What wants attention now, whatever time the numbers are of. */
function AttentionList() {
  const { t } = useTranslation()
  const audit = useMay()('audit')
  const totals = useTotals('24h')
  const troubles = useTroubles()
  const providers = useProviders(audit)
  const ready = totals.data && troubles.data && (providers.data || !audit)
  return (
    <section aria-labelledby="attention">
      <h2 id="attention">{t('dashboard.attention')}</h2>
      <Refused error={troubles.error ?? providers.error} />
      {!ready && !troubles.error && !providers.error && <Loader size="sm" aria-label={t('loading')} />}
      {ready && (
        <ul className={classes.attention}>
          {attentionOf(providers.data, totals.data, troubles.data).map(({ key, to, values }) => (
            <li key={key + (values.name ?? '')} data-calm={key === 'calm' || key === 'none' || undefined}>
              <p>
                {t(`attention.${key}.text`, {
                  ...values,
                  count: values.count === mostTroubles ? `${mostTroubles}+` : values.count,
                })}
              </p>
              <Link to={to}>
                {t((key === 'calm' || key === 'none') && !audit ? 'attention.calm.look' : `attention.${key}.step`)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
