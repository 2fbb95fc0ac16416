import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconCheck } from '../../shared/icons'
import { isGone } from '../api/client'
import { Refused } from '../elements/Refused'
import classes from './Editor.module.css'
import { languageName } from './languages'
import { TheirWords } from './TheirWords'
import type { Draft } from './useDraft'
import { fieldOf, own } from './words'

interface Props {
  draft: Draft
  ownLanguage: string | undefined
  /** Languages whose text is refused. */
  problems: readonly string[]
  onChoose: (language: string) => void
  /** A new template was made. */
  onMade: () => void
}

/** What is not saved yet, what keeps it from being saved, and the way to save it. */
export function SaveBar({ draft, ownLanguage, problems, onChoose, onMade }: Props) {
  const { t, i18n } = useTranslation()
  const { save, isDirty, isNew, theirs, changed } = draft
  const nameOf = (tag: string) => {
    const known = tag === own ? ownLanguage : tag
    return known ? languageName(known, i18n.language) : t('sms.own')
  }
  const write = () => save.mutate(undefined, { onSuccess: ({ stored }) => isNew && stored && onMade() })
  const idle = !isDirty && !isNew && !theirs
  return (
    <div className={classes.saveBar}>
      {theirs && <TheirWords draft={draft} theirs={theirs} nameOf={nameOf} />}
      <Refused
        error={save.error}
        shown={['name', ...Object.keys(draft.texts).map(fieldOf)]}
        {...(isGone(save.error) ? { words: t('sms.gone.kept') } : {})}
      />
      <div className={classes.saveLine}>
        <div className={classes.saveWords} role="status">
          {problems.length > 0 && isDirty ? (
            <>
              {t('sms.cannotSave')}
              {problems.slice(0, 6).map((tag) => (
                <Button key={tag} size="compact-xs" variant="default" onClick={() => onChoose(tag)}>
                  {nameOf(tag)}
                </Button>
              ))}
            </>
          ) : isDirty ? (
            changed.length > 0 && t('sms.unsaved', { count: changed.length })
          ) : save.isSuccess && !theirs ? (
            <span className={classes.saved}>
              <IconCheck size={16} /> {t('sms.saved')}
            </span>
          ) : (
            idle && t('sms.idle')
          )}
        </div>
        {isDirty && !isNew && (
          <Button variant="default" disabled={save.isPending} onClick={draft.discard}>
            {t('discard.action')}
          </Button>
        )}
        <Button loading={save.isPending} disabled={idle} onClick={write}>
          {t(theirs ? 'changed.overwrite' : isNew ? 'sms.every.add' : 'save')}
        </Button>
      </div>
    </div>
  )
}
