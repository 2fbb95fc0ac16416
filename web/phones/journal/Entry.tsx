import { Button, UnstyledButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconChevron, IconRefresh } from '../../shared/icons'
import { useFormats } from '../../shared/useFormats'
import { resend } from '../api'
import type { JournalEntry } from './entry'
import classes from './Journal.module.css'
import { pretty } from './pretty'

/** One line of the journal; a click shows the whole exchange. */
export function Entry({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation()
  const { exact } = useFormats()
  const [open, setOpen] = useState(false)
  const callback = entry.kind === 'callback'
  const status = entry.kind === 'alert' ? t('journal.kind.alert') : entry.status || t('journal.noAnswer')
  return (
    <li className={classes.entry} data-open={open || undefined}>
      <UnstyledButton className={classes.row} aria-expanded={open} onClick={() => setOpen(!open)}>
        <time dateTime={entry.at}>{exact(entry.at)}</time>
        <span className={classes.kind} data-kind={entry.kind}>
          {t(`journal.kind.${entry.kind}`)}
        </span>
        <span className={classes.url}>
          {entry.kind === 'alert' ? entry.error : `${entry.method} ${path(entry.url)}`}
        </span>
        {callback && entry.forged && <span className={classes.flag}>{t('journal.forged')}</span>}
        {callback && (entry.attempt ?? 1) > 1 && <span className={classes.flag}>{`#${entry.attempt ?? 1}`}</span>}
        <span className={classes.status} data-bad={entry.status < 200 || entry.status >= 400 || undefined}>
          {status}
        </span>
        <IconChevron size={15} />
      </UnstyledButton>
      {open && <Details entry={entry} />}
    </li>
  )
}

function Details({ entry }: { entry: JournalEntry }) {
  const { t } = useTranslation()
  const again = useMutation({ mutationFn: () => resend(entry.id) })
  return (
    <div className={classes.details}>
      <dl>
        <Fact name={t('journal.carrier')} value={t(`carrier.${entry.carrier}` as 'carrier.twilio', entry.carrier)} />
        <Fact name={t('journal.reference')} value={entry.reference} />
        <Fact name={t('journal.duration')} value={entry.kind === 'alert' ? undefined : `${entry.durationMs} ms`} />
        <Fact name={t('journal.error')} value={entry.error} />
      </dl>
      <Block name="URL" text={entry.url} />
      <Block name="Authorization" text={entry.authorization} />
      <Block name={t('journal.body')} text={pretty(entry.body)} />
      <Block name={t('journal.signatureBase')} text={entry.signatureBase} />
      <Block name={t('journal.signature')} text={entry.signature} />
      <Block name={t('journal.answer')} text={pretty(entry.answer)} />
      {entry.kind === 'callback' && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={15} />}
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          {t('journal.resend')}
        </Button>
      )}
      {again.isSuccess && <span className={classes.done}>{t('journal.resent')}</span>}
      {again.error && <p role="alert">{again.error.message}</p>}
    </div>
  )
}

function Fact({ name, value }: { name: string; value: string | undefined }) {
  if (!value) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}

function Block({ name, text }: { name: string; text: string | undefined }) {
  if (!text) return null
  return (
    <figure>
      <figcaption>{name}</figcaption>
      {/* Scrolls, so the keyboard must reach it. */}
      <pre tabIndex={0}>{text}</pre>
    </figure>
  )
}

/** What tells addresses apart: the path, without the one account of the simulator. The whole is in the details. */
function path(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '').replace(/\/Accounts\/AC[0-9a-f]{32}/, '/…')
}
