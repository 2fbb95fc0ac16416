import type { ReactNode } from 'react'
import classes from './elements.module.css'

interface Props {
  title: string
  text: string
  level?: 1 | 2
  /** The next step. */
  children?: ReactNode
}

/** Stands where there is nothing yet, and says what to do next. */
export function Empty({ title, text, level = 2, children }: Props) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className={classes.empty}>
      <Heading>{title}</Heading>
      <p>{text}</p>
      {children}
    </div>
  )
}
