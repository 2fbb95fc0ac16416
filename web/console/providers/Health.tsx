import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Provider } from '../api/client'
import { Hours } from '../dashboard/Hours'
import { barsOf, deliveryRate } from '../dashboard/traffic'
import { useTotals } from '../dashboard/useTotals'
import { Pill } from '../elements/Pill'
import { carrierName } from './carriers'
import classes from './Providers.module.css'

/** How a provider did over the last hours. Its place is kept while that is not known, so that nothing moves later. */
export function Health({ provider }: { provider: Provider }) {
  const { t, i18n } = useTranslation()
  const { data } = useTotals('24h')
  if (!data) return <div className={classes.health} />
  const found = data.providers.find((one) => one.provider === provider.providerName)
  if (!found || found.total.messages === 0) {
    return <p className={classes.health}>{t('health.none')}</p>
  }
  const rate = deliveryRate(found.total)
  return (
    <div className={classes.health}>
      <div className={classes.healthWords}>
        <Link to={`/reports/system-log?q=${provider.providerName}`}>
          {t('health.messages', { count: found.total.messages })}
        </Link>
        {rate !== undefined && (
          <Pill tone={rate >= 0.95 ? 'good' : rate >= 0.8 ? 'warn' : 'bad'}>
            {t('health.rate', {
              rate: rate.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 1 }),
            })}
          </Pill>
        )}
      </div>
      <Hours
        bars={barsOf(found.hours, data.since, '24h')}
        height={36}
        label={t('health.chart', { name: carrierName(provider.providerName) })}
      />
    </div>
  )
}
