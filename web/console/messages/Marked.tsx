import { useMemo } from 'react'
import { isForeign, isOwnScript } from './count'
import { spansOf } from './macros'
import classes from './Messages.module.css'

interface Props {
  text: string
  /** Mark what forces the text into UCS-2. */
  foreign?: boolean
}

/** A template as text, with its macros marked, what is wrong, and the characters that cost most of its room. */
export function Marked({ text, foreign }: Props) {
  const spans = useMemo(() => spansOf(text), [text])
  const mark = foreign ? (isOwnScript(text) ? classes.script : classes.foreign) : undefined
  return spans.map(({ text: part, macro, fault }, index) =>
    macro || fault ? (
      <mark key={index} className={fault ? classes.fault : classes.macro}>
        {part}
      </mark>
    ) : (
      <Run key={index} text={part} mark={mark} />
    ),
  )
}

function Run({ text, mark }: { text: string; mark: string | undefined }) {
  if (!mark) return text
  return runsOf(text).map((run, index) =>
    isForeign([...run][0] ?? '') ? (
      <mark key={index} className={mark}>
        {run}
      </mark>
    ) : (
      run
    ),
  )
}

/** Neighbours that are both in GSM-7, or both not, stand together: letters of a word stay joined. */
function runsOf(text: string): string[] {
  const runs: string[] = []
  let before: boolean | undefined
  for (const letter of text) {
    const is = isForeign(letter)
    if (is === before) runs.push((runs.pop() ?? '') + letter)
    else runs.push(letter)
    before = is
  }
  return runs
}
