import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconSearch } from '../../shared/icons'
import { aboutField, Refusal } from '../api/refusal'
import { useErrorWords } from '../api/useWords'
import classes from './Log.module.css'

interface Props {
  filter: string
  error: unknown
  onFilter: (filter: string) => void
}

/** Whether the server could not read the filter, or will not search by it. */
export const isAboutFilter = (error: unknown) =>
  error instanceof Refusal && (error.code === 'E0000053' || aboutField(error, 'filter') !== '')

/** The filter of the API, as written in scripts. The server judges it; what is wrong is told beside it. */
export function FilterField({ filter, error, onFilter }: Props) {
  const { t } = useTranslation()
  const words = useErrorWords()
  const [typed, setTyped] = useState(filter)
  return (
    <form
      className={classes.filter}
      role="search"
      onSubmit={(event) => {
        event.preventDefault()
        onFilter(typed.trim())
      }}
    >
      <TextInput
        aria-label={t('log.filter.label')}
        placeholder='debugContext.debugData.countryCallingCode eq "44"'
        classNames={{ input: classes.filterInput ?? '' }}
        spellCheck={false}
        autoCapitalize="none"
        leftSection={<IconSearch size={15} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={isAboutFilter(error) && words(error)}
      />
      <Button type="submit" variant="default">
        {t('log.filter.apply')}
      </Button>
    </form>
  )
}
