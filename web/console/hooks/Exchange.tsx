import { useTranslation } from 'react-i18next'
import type { InlineHook } from '../api/client'
import { useErrorWords } from '../api/useWords'
import { Pill, type Tone } from '../elements/Pill'
import { headersOf, judge, pretty, prettyText, type Verdict } from './exchanged'
import classes from './Hooks.module.css'

interface Props {
  hook: InlineHook
  payload: Record<string, unknown>
  answer: string | undefined
  took: number | undefined
  error: unknown
}

const tones: Record<Verdict['is'], Tone> = {
  SUCCESSFUL: 'good',
  PENDING: 'accent',
  FAILED: 'bad',
  error: 'bad',
  notJson: 'bad',
  noCommand: 'bad',
  noStatus: 'bad',
}

/** What went over the wire, and what it would have meant for a message. */
export function Exchange({ hook, payload, answer, took, error }: Props) {
  const { t } = useTranslation()
  const { uri, authScheme, headers } = hook.channel.config
  return (
    <section className={classes.exchange} aria-label={t('hookPreview.exchange')}>
      {answer === undefined ? (
        <Failed error={error} />
      ) : (
        <Meaning verdict={judge(answer, payload.requestType)} took={took} />
      )}
      {answer !== undefined && (
        <figure>
          <figcaption>{t('hookPreview.answer')}</figcaption>
          <pre className={classes.code} tabIndex={0}>
            {prettyText(answer)}
          </pre>
        </figure>
      )}
      <figure>
        <figcaption>{t('hookPreview.sent')}</figcaption>
        <pre className={classes.code} tabIndex={0}>
          {`POST ${uri}\n${headersOf(authScheme.key, headers)}\n\n${pretty(payload)}`}
        </pre>
      </figure>
    </section>
  )
}

function Meaning({ verdict, took }: { verdict: Verdict; took: number | undefined }) {
  const { t } = useTranslation()
  const words =
    verdict.is === 'error'
      ? verdict.words || t('hookPreview.verdict.errorWithout')
      : 'provider' in verdict && (verdict.provider || verdict.transactionId)
        ? t('hookPreview.by', { provider: verdict.provider || '–', id: verdict.transactionId || '–' })
        : ''
  return (
    <div className={classes.verdict} role="status">
      <div className={classes.head}>
        <Pill tone={tones[verdict.is]}>{t(`hookPreview.pill.${verdict.is}`)}</Pill>
        {took !== undefined && <span className={classes.quiet}>{t('hookPreview.took', { took })}</span>}
      </div>
      <p>{t(`hookPreview.verdict.${verdict.is}`)}</p>
      {words && <p className={classes.quiet}>{words}</p>}
    </div>
  )
}

/** No answer that counts: the server's reason, with what it knows more. */
function Failed({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const stopped = error instanceof DOMException
  return (
    <div className={classes.verdict} role="alert">
      <div className={classes.head}>
        <Pill tone="bad">{t(stopped ? 'hookPreview.pill.stopped' : 'hookPreview.pill.none')}</Pill>
      </div>
      <p>{stopped ? t('hookPreview.stopped') : errorWords(error)}</p>
      {!stopped && <p className={classes.quiet}>{t('hookPreview.then')}</p>}
    </div>
  )
}
