import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { IconPlus } from '../../shared/icons'
import { aboutField } from '../api/refusal'
import { LookOnly } from '../elements/LookOnly'
import { PageHead } from '../elements/PageHead'
import { Pill } from '../elements/Pill'
import { useMay } from '../session/may'
import { AddLanguage, missingLanguages } from './AddLanguage'
import classes from './Editor.module.css'
import { LanguageList } from './LanguageList'
import { languageName } from './languages'
import { SaveBar } from './SaveBar'
import { Take } from './Take'
import { TextPanel } from './TextPanel'
import { useDraft } from './useDraft'
import { useLeave } from './useLeave'
import { usePreview } from './usePreview'
import {
  changedLanguages,
  fieldOf,
  findingsOf,
  onlyOwnWords,
  own,
  smsPath,
  type Stored,
  type Subject,
  without,
} from './words'

interface Props {
  subject: Subject
  stored: Stored
  defaults: Stored
}

/** The words of one purpose, or of a template for every purpose, in all their languages. */
export function Editor({ subject, stored, defaults }: Props) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const mayChange = useMay()('administer')
  const list = subject.channel === 'call' ? `${smsPath}?channel=call` : smsPath
  const draft = useDraft(subject, stored)
  const leave = useLeave(draft.isDirty)
  const toList = () => {
    leave.free()
    void navigate(list)
  }
  const { texts, setTexts, base, save } = draft
  const [chosen, setChosen] = useState(own)
  const [asking, setAsking] = useState<'add' | 'remove' | 'default' | 'reset'>()
  const [asked] = useDebouncedValue(texts, 250)
  const preview = usePreview(subject.channel, asked)

  const ownLanguage = base.language ?? preview.data?.said.language
  const language = chosen in texts ? chosen : own
  const tag = language === own ? ownLanguage : language
  const name = tag ? languageName(tag, i18n.language) : t('sms.own')
  const isOwnWords = 'purpose' in subject ? base.source === 'CUSTOM' : !draft.isNew
  const missing = missingLanguages(texts, ownLanguage, defaults)
  const untouched = changedLanguages(onlyOwnWords(texts, defaults.texts), texts)
  const findings = preview.data?.said.findings ?? base.findings
  const problems = Object.keys(texts).filter(
    (one) =>
      (one === own || texts[one] !== '') &&
      (findingsOf(findings, one).some(({ refuses }) => refuses) || aboutField(save.error, fieldOf(one)) !== ''),
  )
  const title = 'purpose' in subject ? t(`purpose.${subject.purpose}.title`) : base.name || t('sms.every.new')
  const set = (text: string) => setTexts((before) => ({ ...before, [language]: text }))
  return (
    <>
      <Link to={list}>{t(`sms.of.${subject.channel}`)}</Link>
      <PageHead
        title={title}
        about={'purpose' in subject ? t(`purpose.${subject.purpose}.about`) : t('sms.every.about')}
      >
        <Pill tone={base.source === 'DEFAULT' ? 'plain' : 'accent'}>{t(`sms.source.${base.source}`)}</Pill>
        {mayChange && isOwnWords && (
          <Button variant="default" size="xs" onClick={() => setAsking('reset')}>
            {t('purpose' in subject ? 'sms.reset.open' : 'sms.delete.open')}
          </Button>
        )}
      </PageHead>
      <LookOnly />
      {!('purpose' in subject) && (
        <TextInput
          className={classes.name}
          label={t('sms.name')}
          required
          maxLength={50}
          readOnly={!mayChange}
          value={draft.name}
          onChange={(event) => draft.setName(event.currentTarget.value)}
          error={aboutField(save.error, 'name')}
        />
      )}
      <div className={classes.editor}>
        <div className={classes.languages}>
          <LanguageList
            languages={Object.keys(texts)}
            ownLanguage={ownLanguage}
            chosen={language}
            changed={draft.changed}
            problems={problems}
            onChoose={setChosen}
          />
          {mayChange && (
            <div className={classes.languageFoot}>
              <Button
                size="compact-sm"
                variant="light"
                leftSection={<IconPlus size={14} />}
                disabled={missing.length === 0}
                onClick={() => setAsking('add')}
              >
                {t('sms.add.open')}
              </Button>
              {missing.length === 0 && <small>{t('sms.add.all')}</small>}
              {untouched.length > 0 && draft.changed.length > 0 && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  className={classes.onlyMine}
                  onClick={() => setTexts((before) => onlyOwnWords(before, defaults.texts))}
                >
                  {t('sms.onlyMine')}
                </Button>
              )}
            </div>
          )}
        </div>
        <TextPanel
          channel={subject.channel}
          language={language}
          tag={tag}
          name={name}
          texts={texts}
          defaults={defaults}
          preview={preview}
          findings={findings}
          error={draft.isDirty ? save.error : undefined}
          onChange={mayChange ? set : undefined}
          onRemove={() => setAsking('remove')}
          onDefault={() => setAsking('default')}
        />
      </div>
      {mayChange && (
        <SaveBar draft={draft} ownLanguage={ownLanguage} problems={problems} onChoose={setChosen} onMade={toList} />
      )}
      {asking === 'add' && (
        <AddLanguage
          languages={missing}
          defaults={defaults}
          onAdd={(added, text) => {
            setTexts((before) => ({ ...before, [added]: text }))
            setChosen(added)
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking && asking !== 'add' && (
        <Take
          what={asking}
          subject={subject}
          language={name}
          onRemove={() => setTexts((before) => without(before, language))}
          onDefault={set}
          defaults={defaults}
          tag={tag}
          onGone={toList}
          onClose={() => setAsking(undefined)}
        />
      )}
      {leave.question}
    </>
  )
}
