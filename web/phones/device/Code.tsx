import { useTranslation } from 'react-i18next'
import { IconCheck, IconCopy } from '../../shared/icons'
import { useCopy } from '../../shared/useCopy'
import { splitByCode } from '../state/code'
import classes from './Code.module.css'

/** A code that is copied by a click. `shown` is how it stands in its text, when that differs ("4, 8, 1"). */
export function CodeButton({ code, shown, large }: { code: string; shown?: string; large?: boolean }) {
  const { t } = useTranslation()
  const { copied, copy } = useCopy(code)
  return (
    <button
      type="button"
      className={classes.code}
      data-large={large ?? undefined}
      onClick={copy}
      title={t('code.copy')}
      aria-label={t(copied ? 'code.copied' : 'code.copyThis', { code: shown ?? code })}
    >
      <span>{shown ?? code}</span>
      {copied ? <IconCheck size={large ? 22 : 14} /> : <IconCopy size={large ? 22 : 14} />}
    </button>
  )
}

/** A text with its code marked and ready to copy. */
export function TextWithCode({ text, code }: { text: string; code: string | null }) {
  return splitByCode(text, code).map((part, i) =>
    part.isCode && code ? <CodeButton key={i} code={code} shown={part.text} /> : <span key={i}>{part.text}</span>,
  )
}
