import { Button, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { isGone } from '../api/client'
import { Empty } from '../elements/Empty'
import { Refused } from '../elements/Refused'
import { Missing } from '../frame/Missing'
import { Editor } from './Editor'
import { useDefaults, useWords } from './queries'
import { pathOf, smsPath, type Subject, subjectAt } from './words'

export function Component() {
  const { kind, key } = useParams()
  const subject = subjectAt(kind, key)
  return subject ? <Opened key={pathOf(subject)} subject={subject} /> : <Missing />
}

function Opened({ subject }: { subject: Subject }) {
  const { t } = useTranslation()
  const words = useWords(subject)
  const defaults = useDefaults(subject)
  const error = words.error ?? defaults.error
  // What is being written stays, whatever a later reading says.
  if (words.data && defaults.data) return <Editor subject={subject} stored={words.data} defaults={defaults.data} />
  if (isGone(error)) {
    return (
      <Empty title={t('sms.gone.title')} level={1} text={t('sms.gone.text')}>
        <Button component={Link} to={smsPath}>
          {t('page.sms')}
        </Button>
      </Empty>
    )
  }
  return error ? <Refused error={error} /> : <Loader aria-label={t('loading')} />
}
