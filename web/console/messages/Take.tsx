import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Confirm } from '../elements/Confirm'
import { removeWords, wordsKey } from './queries'
import { defaultIn, type Stored, type Subject } from './words'

interface Props {
  what: 'remove' | 'default' | 'reset'
  subject: Subject
  /** The name of the language that is looked at, and its tag. */
  language: string
  tag: string | undefined
  defaults: Stored
  onRemove: () => void
  onDefault: (text: string) => void
  /** The words are taken away. */
  onGone: () => void
  onClose: () => void
}

/** Asks before words are taken away: those of one language from the draft, or all of them from the server. */
export function Take({ what, subject, language, tag, defaults, onRemove, onDefault, onGone, onClose }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const now = (change: () => void) => () => {
    change()
    return Promise.resolve()
  }
  if (what === 'remove') {
    return (
      <Confirm
        title={t('sms.remove.title', { language })}
        action={t('sms.remove.action')}
        danger
        onConfirm={now(onRemove)}
        onClose={onClose}
      >
        {t('sms.remove.text', { language })}
      </Confirm>
    )
  }
  if (what === 'default') {
    return (
      <Confirm
        title={t('sms.default.title', { language })}
        action={t('sms.default.action')}
        onConfirm={now(() => onDefault(defaultIn(defaults, tag ?? '')))}
        onClose={onClose}
      >
        {t('sms.default.text')}
      </Confirm>
    )
  }
  const words = 'purpose' in subject ? 'reset' : 'delete'
  const remove = async () => {
    await removeWords(subject)
    onGone()
    await queries.invalidateQueries({ queryKey: wordsKey })
  }
  return (
    <Confirm
      title={t(`sms.${words}.title`)}
      action={t(`sms.${words}.open`)}
      danger
      onConfirm={remove}
      onClose={onClose}
    >
      {t(`sms.${words}.text`)}
    </Confirm>
  )
}
