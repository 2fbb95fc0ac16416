import { CloseButton, Combobox, Kbd, Loader, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { IconSearch } from '../../shared/icons'
import { nameOf } from '../people/person'
import { findPeople } from '../people/search'
import { useMay } from '../session/may'
import classes from './Frame.module.css'
import { pages, personPath } from './pages'

/** Finds a page by its name, and a person by name, login or phone number. */
export function Search() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const may = useMay()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 200)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  useHotkeys([
    ['/', () => input.current?.focus()],
    ['mod+K', () => input.current?.focus()],
  ])
  const people = useQuery({
    queryKey: ['people', 'search', asked],
    queryFn: ({ signal }) => findPeople(asked, signal),
    enabled: asked.length > 1,
  })
  const word = typed.trim().toLowerCase()
  const found = pages.filter(
    ({ key, group, right }) =>
      may(right) && `${group ? t(`menu.${group}`) : ''} ${t(`page.${key}`)}`.toLowerCase().includes(word),
  )
  const persons = typed.trim() === asked ? (people.data ?? []) : []
  const open = (path: string) => {
    setTyped('')
    combobox.closeDropdown()
    input.current?.blur()
    void navigate(path)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={open}>
      <Combobox.Target>
        <TextInput
          ref={input}
          className={classes.search}
          type="search"
          radius="xl"
          aria-label={t('search.label')}
          placeholder={t('search.label')}
          leftSection={people.isFetching ? <Loader size={14} /> : <IconSearch size={16} />}
          rightSection={
            typed ? (
              <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => setTyped('')} />
            ) : (
              <Kbd size="xs" className={classes.key}>
                /
              </Kbd>
            )
          }
          value={typed}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            combobox.openDropdown()
            combobox.selectFirstOption()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={380} className={classes.found} aria-label={t('search.label')}>
          {found.length > 0 && (
            <Combobox.Group label={t('search.pages')}>
              {found.map(({ key, path, group, icon: Icon }) => (
                <Combobox.Option key={key} value={path} className={classes.option}>
                  <Icon size={16} />
                  <span>{t(`page.${key}`)}</span>
                  {group && <small>{t(`menu.${group}`)}</small>}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {persons.length > 0 && (
            <Combobox.Group label={t('page.people')}>
              {persons.slice(0, 8).map((user) => (
                <Combobox.Option key={user.id} value={personPath(user.id)} className={classes.option}>
                  <span>{nameOf(user)}</span>
                  <small>{user.profile.login}</small>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {found.length === 0 && persons.length === 0 && !people.isFetching && (
            <Combobox.Empty>{t('search.nothing')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
