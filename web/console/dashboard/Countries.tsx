import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Dashboard.module.css'
import { deliveryRate, type Totals } from './traffic'

const most = 8

/** Where messages went, the countries with the most messages first. */
export function Countries({ countries }: { countries: Totals['countries'] }) {
  const { t, i18n } = useTranslation()
  const names = useMemo(() => new Intl.DisplayNames([i18n.language], { type: 'region' }), [i18n.language])
  if (countries.length === 0) return null
  const number = (n: number) => n.toLocaleString(i18n.language)
  const percent = (n: number | undefined) => n?.toLocaleString(i18n.language, { style: 'percent' }) ?? '–'
  return (
    <section aria-labelledby="countries">
      <h2 id="countries">{t('dashboard.countries')}</h2>
      <table className={classes.countries}>
        <thead>
          <tr>
            <th scope="col">{t('dashboard.country')}</th>
            {(['sent', 'arrived', 'verified', 'refused'] as const).map((name) => (
              <th key={name} scope="col">
                {t(`dashboard.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {countries.slice(0, most).map(({ country, counts }) => (
            <tr key={country}>
              <th scope="row">{country ? names.of(country) : t('dashboard.nowhere')}</th>
              <td>{number(counts.sent)}</td>
              <td>{percent(deliveryRate(counts))}</td>
              <td>{number(counts.verified)}</td>
              <td>{number(counts.refused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {countries.length > most && (
        <p className={classes.quiet}>{t('dashboard.moreCountries', { count: countries.length - most })}</p>
      )}
    </section>
  )
}
