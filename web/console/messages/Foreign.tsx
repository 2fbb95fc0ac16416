import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { count, foreignIn, isOwnScript, simplify } from './count'
import classes from './Editor.module.css'

interface Props {
  text: string
  /** The text once its macros are filled, as UCS-2. */
  filled: string
  limit: number
  onChange: ((text: string) => void) | undefined
}

/** Why a text travels as UCS-2, and what to do about it where something can be done. */
export function Foreign({ text, filled, limit, onChange }: Props) {
  const { t } = useTranslation()
  if (isOwnScript(filled)) return <p className={classes.quiet}>{t('sms.ownScript', { limit })}</p>
  const simple = simplify(text)
  return (
    <div className={classes.offenders}>
      <span>{t('sms.forcedBy', { limit })}</span>
      <ul>
        {foreignIn(filled).map(({ character, times }) => (
          <li key={character}>
            <b>{visible(character)}</b>
            {times > 1 && ` ×${times}`}
          </li>
        ))}
      </ul>
      {onChange && simple !== text && count(simple).encoding === 'GSM-7' && (
        <Button size="compact-sm" variant="light" onClick={() => onChange(simple)}>
          {t('sms.simplify')}
        </Button>
      )}
    </div>
  )
}

/** A character that can be seen as it is; any other by its number. */
function visible(character: string): string {
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return character
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
