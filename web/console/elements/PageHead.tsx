import type { ReactNode } from 'react'
import classes from './elements.module.css'
import { useTitle } from './useTitle'

interface Props {
  title: string
  about?: ReactNode
  /** Buttons at its end. */
  children?: ReactNode
}

export function PageHead({ title, about, children }: Props) {
  useTitle(title)
  return (
    <div className={classes.pageHead}>
      <div>
        <h1>{title}</h1>
        {about && <p>{about}</p>}
      </div>
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  )
}
