import type { ReactNode } from 'react'
import classes from './elements.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'accent'

/** A short word about the state of something. Its colour only repeats what the word says. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.pill} data-tone={tone}>
      {children}
    </span>
  )
}
