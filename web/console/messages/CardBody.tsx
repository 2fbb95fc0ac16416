import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Pill } from '../elements/Pill'
import { directionOf } from './languages'
import classes from './Messages.module.css'
import { Marked } from './Marked'

interface Props {
  to: string
  title: string
  about: string
  template: string
  language: string | undefined
  translations: Record<string, string>
  problems?: number
  /** Pills. */
  children: ReactNode
}

/** One template in the list, with its text in the reader's language when it has that. */
export function CardBody({ to, title, about, template, language, translations, problems = 0, children }: Props) {
  const { t, i18n } = useTranslation()
  const mine = translations[i18n.language]
  const shown = mine === undefined ? language : i18n.language
  const languages = Object.keys(translations).length + 1
  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <h2>
          <Link to={to} className={classes.cardLink}>
            {title}
          </Link>
        </h2>
        {children}
      </div>
      <p className={classes.about}>{about}</p>
      <p className={classes.sample} lang={shown} dir={directionOf(shown ?? 'en')}>
        <Marked text={mine ?? template} />
      </p>
      <div className={classes.cardFoot}>
        <span>{t('sms.languages', { count: languages })}</span>
        {problems > 0 && <Pill tone="warn">{t('sms.problems', { count: problems })}</Pill>}
      </div>
    </li>
  )
}
