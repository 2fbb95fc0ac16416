import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Hooks.module.css'
import { pretty } from './exchanged'

const answer = pretty({
  commands: [
    {
      type: 'com.okta.telephony.action',
      value: [{ status: 'SUCCESSFUL', provider: 'Your carrier', transactionId: '4711' }],
    },
  ],
})

/** Stands where there is no hook yet: what one is for, and what it has to answer. */
export function FirstHook({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <section className={classes.first} aria-labelledby="first-hook">
      <div>
        <h2 id="first-hook">{t('hooks.first.title')}</h2>
        <ol>
          <li>{t('hooks.first.asked')}</li>
          <li>{t('hooks.first.answers')}</li>
          <li>{t('hooks.first.fails')}</li>
        </ol>
        {children}
      </div>
      <figure>
        <figcaption>{t('hooks.first.example')}</figcaption>
        <pre className={classes.code} tabIndex={0}>
          {answer}
        </pre>
      </figure>
    </section>
  )
}
