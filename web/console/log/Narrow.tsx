import { Button, Checkbox, CloseButton, Popover, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { IconChevron, IconSearch } from '../../shared/icons'
import type { LogEvent } from '../api/client'
import { frequencies, toneOf } from './events'
import classes from './Log.module.css'

interface Props {
  events: readonly LogEvent[]
  types: readonly string[]
  result: string
  words: string
  onChange: (edit: (next: URLSearchParams) => void) => void
}

/** Narrows what is loaded, at once: by outcome, by event type, by words. */
export function Narrow({ events, types, result, words, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const results = useMemo(() => frequencies(events.map(({ outcome }) => outcome.result)), [events])
  const names = useMemo(() => new Map(events.map((event) => [event.eventType, event.displayMessage])), [events])
  const found = useMemo(() => frequencies(events.map(({ eventType }) => eventType)), [events])
  const setTypes = (wanted: readonly string[]) =>
    onChange((next) => {
      next.delete('type')
      for (const type of wanted) next.append('type', type)
    })
  return (
    <div className={classes.narrow}>
      <TextInput
        className={classes.words}
        size="sm"
        type="search"
        aria-label={t('log.words')}
        placeholder={t('log.words')}
        leftSection={<IconSearch size={15} />}
        rightSection={
          words && (
            <CloseButton
              size="sm"
              aria-label={t('search.clear')}
              onClick={() => onChange((next) => next.delete('q'))}
            />
          )
        }
        value={words}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange((next) => (value ? next.set('q', value) : next.delete('q')))
        }}
      />
      <Popover position="bottom-start" withArrow trapFocus>
        <Popover.Target>
          <Button variant="default" size="sm" rightSection={<IconChevron size={14} />}>
            {types.length === 0 ? t('log.types.all') : t('log.types.some', { count: types.length })}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('log.types.label')}>
          <div className={classes.types}>
            {found.length === 0 && t('log.none')}
            {found.map(([type, count]) => (
              <Checkbox
                key={type}
                checked={types.includes(type)}
                label={`${names.get(type) ?? type} (${count.toLocaleString(i18n.language)})`}
                description={type}
                onChange={(event) =>
                  setTypes(event.currentTarget.checked ? [...types, type] : types.filter((one) => one !== type))
                }
              />
            ))}
            {types.length > 0 && (
              <Button variant="subtle" size="compact-sm" onClick={() => setTypes([])}>
                {t('log.types.all')}
              </Button>
            )}
          </div>
        </Popover.Dropdown>
      </Popover>
      <div className={classes.results} role="group" aria-label={t('log.outcome')}>
        {results.map(([value, count]) => (
          <button
            key={value}
            type="button"
            className={classes.result}
            data-tone={toneOf(value as LogEvent['outcome']['result'])}
            aria-pressed={result === value}
            onClick={() => onChange((next) => (result === value ? next.delete('outcome') : next.set('outcome', value)))}
          >
            {value} <b>{count.toLocaleString(i18n.language)}</b>
          </button>
        ))}
      </div>
    </div>
  )
}
