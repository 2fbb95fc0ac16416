import { Button, NativeSelect, Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../shared/useFormats'
import classes from './Log.module.css'
import { endsOf, type Preset, presetNames, type Range, toLocal } from './range'

/** The range of time: one that ends now, or one between two instants. */
export function RangeField({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const { t } = useTranslation()
  const { both } = useFormats()
  const [opened, setOpened] = useState(false)
  const own = 'since' in range ? `${both(range.since)} – ${both(range.until)}` : undefined
  return (
    <div className={classes.range}>
      <NativeSelect
        aria-label={t('log.range.label')}
        value={'preset' in range ? range.preset : ''}
        onChange={(event) => onChange({ preset: event.currentTarget.value as Preset })}
        data={[
          ...(own ? [{ value: '', label: own }] : []),
          ...presetNames.map((value) => ({ value, label: t(`log.range.${value}`) })),
        ]}
      />
      <Popover opened={opened} onChange={setOpened} withArrow trapFocus position="bottom-start">
        <Popover.Target>
          <Button variant="default" onClick={() => setOpened(!opened)}>
            {t('log.range.own')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('log.range.own')}>
          <Ends
            range={range}
            onChange={(wanted) => {
              setOpened(false)
              onChange(wanted)
            }}
          />
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}

function Ends({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const { t } = useTranslation()
  const [ends, setEnds] = useState(() => {
    const { since, until } = endsOf(range, Date.now())
    return { since: toLocal(since), until: toLocal(until) }
  })
  const wrong = ends.since >= ends.until
  return (
    <form
      className={classes.ends}
      onSubmit={(event) => {
        event.preventDefault()
        if (wrong) return
        onChange({ since: new Date(ends.since).toISOString(), until: new Date(ends.until).toISOString() })
      }}
    >
      {(['since', 'until'] as const).map((end) => (
        <label key={end}>
          {t(`log.range.${end}`)}
          <input
            type="datetime-local"
            required
            value={ends[end]}
            onChange={(event) => setEnds({ ...ends, [end]: event.currentTarget.value })}
          />
        </label>
      ))}
      {wrong && <p role="alert">{t('log.range.wrong')}</p>}
      <Button type="submit" disabled={wrong}>
        {t('log.range.show')}
      </Button>
    </form>
  )
}
