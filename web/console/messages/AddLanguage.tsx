import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../elements/Dialog'
import classes from './Editor.module.css'
import { directionOf, languageName, nativeName, sortedByName } from './languages'
import { Marked } from './Marked'
import { defaultIn, knownLanguages, own, type Stored, type Texts } from './words'

/** The languages with default words that the texts do not have yet. */
export function missingLanguages(texts: Texts, ownLanguage: string | undefined, defaults: Stored): string[] {
  return knownLanguages(defaults).filter((tag) => !(tag in texts) && tag !== ownLanguage)
}

interface Props {
  languages: readonly string[]
  defaults: Stored
  onAdd: (language: string, text: string) => void
  onClose: () => void
}

/** Adds one of the languages that there are default words in, beginning with those. */
export function AddLanguage({ languages, defaults, onAdd, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const sorted = sortedByName(languages, i18n.language)
  const [chosen, setChosen] = useState(sorted[0] ?? own)
  const text = defaultIn(defaults, chosen)
  return (
    <Dialog onClose={onClose} title={t('sms.add.title')}>
      <form
        className={classes.stack}
        onSubmit={(event) => {
          event.preventDefault()
          onAdd(chosen, text)
          onClose()
        }}
      >
        <NativeSelect
          label={t('sms.language')}
          data-autofocus
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={sorted.map((tag) => {
            const [name, native] = [languageName(tag, i18n.language), nativeName(tag)]
            return { value: tag, label: name === native ? name : `${name} – ${native}` }
          })}
        />
        <div>
          <p className={classes.quiet}>{t('sms.add.begins')}</p>
          <p className={classes.sample} lang={chosen} dir={directionOf(chosen)}>
            <Marked text={text} />
          </p>
        </div>
        <div className={classes.buttons}>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit">{t('sms.add.action')}</Button>
        </div>
      </form>
    </Dialog>
  )
}
