import { CloseButton, Drawer, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconSearch } from '../../shared/icons'
import type { JournalEntry } from './entry'
import { Entry } from './Entry'
import classes from './Journal.module.css'
import { useJournal } from './useJournal'

const kinds = ['all', 'request', 'callback', 'trouble'] as const
type Kind = (typeof kinds)[number]

/** What the carriers were asked and what they told the server, newest first. */
export default function Journal({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="right" size="min(720px, 100%)">
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.head}>
          <Drawer.Title className={classes.title}>{t('journal.title')}</Drawer.Title>
          <CloseButton aria-label={t('journal.close')} onClick={onClose} />
        </div>
        <Drawer.Body>
          <p className={classes.quiet}>{t('journal.about')}</p>
          <Entries />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Entries() {
  const { t } = useTranslation()
  const { data, error, isPending } = useJournal()
  const [kind, setKind] = useState<Kind>('all')
  const [query, setQuery] = useState('')
  const shown = (data ?? []).filter((entry) => isOf(entry, kind) && holds(entry, query))
  return (
    <>
      <div className={classes.filters}>
        <SegmentedControl
          size="xs"
          value={kind}
          onChange={(value) => setKind(value)}
          aria-label={t('journal.kinds')}
          data={kinds.map((value) => ({ value, label: t(`journal.kind.${value}`) }))}
        />
        <TextInput
          className={classes.search}
          size="xs"
          type="search"
          aria-label={t('journal.search')}
          placeholder={t('journal.search')}
          leftSection={<IconSearch size={14} />}
          rightSection={query && <CloseButton size="xs" aria-label={t('search.clear')} onClick={() => setQuery('')} />}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </div>
      {error && <p role="alert">{error.message}</p>}
      {!isPending && !error && shown.length === 0 && <p className={classes.quiet}>{t('journal.empty')}</p>}
      <ul className={classes.list}>
        {shown.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
    </>
  )
}

function isOf(entry: JournalEntry, kind: Kind): boolean {
  if (kind === 'trouble') return isTrouble(entry)
  return kind === 'all' || entry.kind === kind
}

function isTrouble({ status, error, forged }: JournalEntry): boolean {
  return error !== undefined || forged === true || status === 0 || status >= 400
}

function holds(entry: JournalEntry, query: string): boolean {
  const wanted = query.trim().toLowerCase()
  return wanted === '' || JSON.stringify(entry).toLowerCase().includes(wanted)
}
