import { useTranslation } from 'react-i18next'
import classes from './Dashboard.module.css'
import { type Count, deliveryRate, total } from './traffic'

/** Where messages went, the most frequent country calling codes first. */
export function Countries({ countries }: { countries: readonly [string, Count][] }) {
  const { t, i18n } = useTranslation()
  if (countries.length === 0) return null
  const most = Math.max(...countries.map(([, count]) => total(count)))
  return (
    <section aria-labelledby="countries">
      <h2 id="countries">{t('dashboard.countries')}</h2>
      <table className={classes.countries}>
        <thead>
          <tr>
            <th scope="col">{t('dashboard.code')}</th>
            <th scope="col">{t('dashboard.figure.messages')}</th>
            <th scope="col">{t('dashboard.figure.arrived')}</th>
          </tr>
        </thead>
        <tbody>
          {countries.slice(0, 8).map(([code, count]) => (
            <tr key={code}>
              <th scope="row">+{code}</th>
              <td>
                <meter max={most} value={total(count)} aria-label={`+${code}`} />
                {total(count).toLocaleString(i18n.language)}
              </td>
              <td>
                {deliveryRate(count)?.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 1 }) ??
                  '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
