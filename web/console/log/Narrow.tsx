import { Button, Checkbox, CloseButton, Popover, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { IconChevron, IconSearch } from '../../shared/icons'
import { aboutField } from '../api/refusal'
import { useTyped } from '../elements/useTyped'
import { frequencies, type Result, toneOf } from './events'
import classes from './Log.module.css'
import type { Search } from './search'
import type { Loaded } from './useLog'

const results: Result[] = ['SUCCESS', 'ALLOW', 'CHALLENGE', 'UNKNOWN', 'RATE_LIMIT', 'DENY', 'FAILURE']

interface Props {
  log: Loaded
  search: Search
  onChange: (edit: (next: URLSearchParams) => void) => void
}

/** Narrows the search by words, event types and outcome, without writing a filter. */
export function Narrow({ log, search, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const counts = useMemo(() => new Map(frequencies(log.events.map(({ outcome }) => outcome.result))), [log.events])
  const set = (name: string, value: string) => onChange((next) => (value ? next.set(name, value) : next.delete(name)))
  return (
    <div className={classes.narrow}>
      <Words words={search.words} error={aboutField(log.error, 'q')} onChange={(words) => set('q', words)} />
      <Types log={log} types={search.types} onChange={onChange} />
      <div className={classes.results} role="group" aria-label={t('log.outcome')}>
        {results.map((value) => {
          const count = counts.get(value)
          const chosen = search.result === value
          if (!count && !chosen && search.result === '') return null
          return (
            <button
              key={value}
              type="button"
              className={classes.result}
              data-tone={toneOf(value)}
              aria-pressed={chosen}
              onClick={() => set('outcome', chosen ? '' : value)}
            >
              {value} {count !== undefined && <b>{count.toLocaleString(i18n.language)}</b>}
            </button>
          )
        })}
      </div>
    </div>
  )
}

interface WordsProps {
  words: string
  error: string
  onChange: (words: string) => void
}

/** Searches when the typing pauses. */
function Words({ words, error, onChange }: WordsProps) {
  const { t } = useTranslation()
  const [typed, type] = useTyped(words, onChange, 350)
  return (
    <TextInput
      className={classes.words}
      size="sm"
      type="search"
      aria-label={t('log.words')}
      placeholder={t('log.words')}
      leftSection={<IconSearch size={15} />}
      rightSection={typed && <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => type('')} />}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      error={error}
    />
  )
}

interface TypesProps {
  log: Loaded
  types: readonly string[]
  onChange: Props['onChange']
}

function Types({ log, types, onChange }: TypesProps) {
  const { t } = useTranslation()
  const known = [...new Map([...types.map((type) => [type, type] as const), ...log.types])].sort(([, a], [, b]) =>
    a.localeCompare(b),
  )
  const set = (wanted: readonly string[]) =>
    onChange((next) => {
      next.delete('type')
      for (const type of wanted) next.append('type', type)
    })
  return (
    <Popover position="bottom-start" withArrow trapFocus>
      <Popover.Target>
        <Button variant="default" size="sm" rightSection={<IconChevron size={14} />}>
          {types.length === 0 ? t('log.types.all') : t('log.types.some', { count: types.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('log.types.label')}>
        <div className={classes.types}>
          {known.map(([type, name]) => (
            <Checkbox
              key={type}
              checked={types.includes(type)}
              label={name}
              description={type}
              onChange={(event) =>
                set(event.currentTarget.checked ? [...types, type] : types.filter((one) => one !== type))
              }
            />
          ))}
          {known.length === 0 && t('log.none')}
        </div>
        {types.length > 0 && (
          <Button variant="subtle" size="compact-sm" onClick={() => set([])}>
            {t('log.types.all')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
