import { IconAlert } from '../../shared/icons'
import { besideFields, Refusal } from '../api/refusal'
import { useErrorWords } from '../api/useWords'
import classes from './elements.module.css'

interface Props {
  error?: unknown
  /** Fields of the form that show their own part of the error. */
  shown?: readonly string[]
  words?: string
}

/** Says why something did not work, beside where it was tried. */
export function Refused({ error, shown, words }: Props) {
  const errorWords = useErrorWords()
  const said =
    words ?? (error ? (shown && error instanceof Refusal ? rest(error, shown, errorWords) : errorWords(error)) : '')
  if (!said) return null
  return (
    <div role="alert" className={classes.refused}>
      <IconAlert />
      <span>{said}</span>
    </div>
  )
}

function rest(error: Refusal, shown: readonly string[], words: (error: unknown) => string): string {
  return error.causes.length === 0 ? words(error) : besideFields(error, shown).join(' ')
}
