import { useTranslation } from 'react-i18next'
import { Overwritten } from '../elements/Overwritten'
import type { Draft } from './useDraft'
import { changedLanguages, type Stored } from './words'

/** So many texts are told; of more, only how many. */
const toldInFull = 4

interface Props {
  draft: Draft
  theirs: Stored
  nameOf: (language: string) => string
}

/** Tells that somebody else saved in the meantime, and what they wrote. */
export function TheirWords({ draft, theirs, nameOf }: Props) {
  const { t } = useTranslation()
  const languages = changedLanguages(draft.base.texts, theirs.texts)
  const written = languages.filter((language) => language in theirs.texts)
  const removed = languages.length - written.length
  return (
    <Overwritten onTake={draft.takeTheirs}>
      {theirs.source !== draft.base.source && <li>{t(`sms.source.${theirs.source}`)}</li>}
      {theirs.name !== draft.base.name && <li>{`${t('sms.name')}: ${theirs.name}`}</li>}
      {written.slice(0, toldInFull).map((language) => (
        <li key={language}>
          {nameOf(language)}: <q>{theirs.texts[language]}</q>
        </li>
      ))}
      {written.length > toldInFull && <li>{t('sms.others', { count: written.length - toldInFull })}</li>}
      {removed > 0 && <li>{t('sms.without', { count: removed })}</li>}
    </Overwritten>
  )
}
