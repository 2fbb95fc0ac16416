import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { When } from '../elements/When'
import { useProviders } from '../providers/queries'
import { attentionOf } from './attention'
import { Countries } from './Countries'
import classes from './Dashboard.module.css'
import { Hours } from './Hours'
import { deliveryRate, total } from './traffic'
import { useTraffic } from './useTraffic'

export function Component() {
  const { t, i18n } = useTranslation()
  const traffic = useTraffic()
  const providers = useProviders()
  const { data } = traffic
  const number = (n: number) => n.toLocaleString(i18n.language)
  const percent = (n: number | undefined) =>
    n === undefined ? '–' : n.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 1 })
  return (
    <>
      <PageHead title={t('page.dashboard')} about={t('dashboard.about')} />
      <Refused error={traffic.error ?? providers.error} />
      {!data && !traffic.error && <Loader aria-label={t('loading')} />}
      {data && providers.data && (
        <div className={classes.grid}>
          <ul className={classes.figures} aria-label={t('dashboard.lastDay')}>
            {(
              [
                ['messages', number(total(data.count)), ''],
                ['arrived', percent(deliveryRate(data.count)), ''],
                ['failed', number(data.count.failed), '?outcome=FAILURE'],
                ['denied', number(data.count.denied), '?outcome=DENY'],
                ['verified', number(data.verified), '?type=user.authentication.auth_via_mfa'],
              ] as const
            ).map(([key, value, search]) => (
              <li key={key}>
                <Link to={`/reports/system-log${search}`}>
                  <b>{value}</b>
                  <span>{t(`dashboard.figure.${key}`)}</span>
                </Link>
              </li>
            ))}
          </ul>
          <section className={classes.wide} aria-labelledby="by-hour">
            <h2 id="by-hour">{t('dashboard.byHour')}</h2>
            <Hours
              hours={data.hours}
              height={150}
              axis
              label={t('dashboard.chart', {
                messages: number(total(data.count)),
                delivered: number(data.count.delivered),
                failed: number(data.count.failed + data.count.denied),
              })}
            />
            <ul className={classes.legend}>
              <li data-tone="good">{t('dashboard.legend.delivered')}</li>
              <li data-tone="open">{t('dashboard.legend.sent')}</li>
              <li data-tone="bad">{t('dashboard.legend.failed')}</li>
            </ul>
            {data.from && (
              <p className={classes.quiet}>
                {t('dashboard.partial')} <When at={data.from} />
              </p>
            )}
          </section>
          <section aria-labelledby="attention">
            <h2 id="attention">{t('dashboard.attention')}</h2>
            <ul className={classes.attention}>
              {attentionOf(providers.data, data).map(({ key, to, values }) => (
                <li key={key + (values.name ?? '')} data-calm={key === 'calm' || undefined}>
                  <p>{t(`attention.${key}.text`, values)}</p>
                  <Link to={to}>{t(`attention.${key}.step`)}</Link>
                </li>
              ))}
            </ul>
          </section>
          <Countries countries={data.countries} />
        </div>
      )}
    </>
  )
}
