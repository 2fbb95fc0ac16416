import { NativeSelect, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconAlert, IconSearch } from '../../shared/icons'
import classes from './Languages.module.css'
import { languageName, nativeName, sortedByName } from './languages'
import { own } from './words'

interface Props {
  languages: readonly string[]
  /** Of the own text. */
  ownLanguage: string | undefined
  chosen: string
  changed: readonly string[]
  problems: readonly string[]
  onChoose: (language: string) => void
}

/** The languages of a template: a list on a wide page, a select on a narrow one. */
export function LanguageList({ languages, ownLanguage, chosen, changed, problems, onChoose }: Props) {
  const { t, i18n } = useTranslation()
  const [wanted, setWanted] = useState('')
  const ownName = ownLanguage ? languageName(ownLanguage, i18n.language) : t('sms.own')
  const named = [
    { tag: own, name: ownName, native: t('sms.ownHint') },
    ...sortedByName(
      languages.filter((tag) => tag !== own),
      i18n.language,
    ).map((tag) => ({ tag, name: languageName(tag, i18n.language), native: nativeName(tag) })),
  ]
  const word = wanted.trim().toLowerCase()
  const found = named.filter(({ tag, name, native }) => `${tag} ${name} ${native}`.toLowerCase().includes(word))
  const state = (tag: string) =>
    problems.includes(tag) ? t('sms.hasProblem') : changed.includes(tag) ? t('sms.isChanged') : ''
  return (
    <div>
      <NativeSelect
        className={classes.narrow}
        label={t('sms.language')}
        value={chosen}
        onChange={(event) => onChoose(event.currentTarget.value)}
        data={named.map(({ tag, name }) => ({
          value: tag,
          label: state(tag) ? `${name} – ${state(tag)}` : name,
        }))}
      />
      <nav className={classes.wide} aria-label={t('sms.language')}>
        {languages.length > 8 && (
          <TextInput
            size="xs"
            type="search"
            aria-label={t('sms.findLanguage')}
            placeholder={t('sms.findLanguage')}
            leftSection={<IconSearch size={14} />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )}
        <ul className={classes.list}>
          {found.map(({ tag, name, native }) => (
            <li key={tag}>
              <UnstyledButton
                className={classes.language}
                aria-current={tag === chosen ? 'true' : undefined}
                onClick={() => onChoose(tag)}
              >
                <span className={classes.names}>
                  <span>{name}</span>
                  <small lang={tag || undefined}>{native}</small>
                </span>
                {problems.includes(tag) ? (
                  <span className={classes.problem}>
                    <IconAlert size={15} />
                  </span>
                ) : (
                  changed.includes(tag) && <span className={classes.dot} />
                )}
                {state(tag) && <VisuallyHidden>{state(tag)}</VisuallyHidden>}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}
