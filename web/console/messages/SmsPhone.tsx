import { useTranslation } from 'react-i18next'
import classes from './Phone.module.css'

interface Props {
  from: string
  text: string
  code: string
  lang: string | undefined
  dir: 'rtl' | 'ltr'
  country: string | undefined
}

/** The message as it arrives: whatever the template holds is text. */
export function SmsPhone({ from, text, code, lang, dir, country }: Props) {
  const { t, i18n } = useTranslation()
  const at = text.indexOf(code)
  const regions = new Intl.DisplayNames([i18n.language], { type: 'region' })
  return (
    <figure className={classes.phone} aria-label={t('sms.phone')}>
      <div className={classes.screen}>
        <div className={classes.top}>
          <span className={classes.face} aria-hidden="true">
            {[...from][0]?.toUpperCase()}
          </span>
          <b>{from}</b>
          <small>{t('channel.sms')}</small>
        </div>
        <div className={classes.thread}>
          {text && (
            <p className={classes.bubble} lang={lang} dir={dir}>
              {at < 0 ? (
                text
              ) : (
                <>
                  {text.slice(0, at)}
                  <span className={classes.code}>{code}</span>
                  {text.slice(at + code.length)}
                </>
              )}
            </p>
          )}
        </div>
      </div>
      <figcaption>
        {t('sms.sample')} {country && t('sms.inCountry', { country: nameOf(regions, country) })}
      </figcaption>
    </figure>
  )
}

function nameOf(regions: Intl.DisplayNames, country: string): string {
  try {
    return regions.of(country) ?? country
  } catch {
    return country
  }
}
