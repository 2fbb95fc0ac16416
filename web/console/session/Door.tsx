import type { ReactNode } from 'react'
import { Preferences } from '../../shared/Preferences'
import classes from './SignIn.module.css'

/** The page outside of the console: one box in the middle. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.preferences}>
        <Preferences />
      </div>
      <div className={classes.box}>
        <div className={classes.head}>
          <img src={new URL('../icon.svg', import.meta.url).href} width="38" height="38" alt="" />
          <h1>{title}</h1>
        </div>
        {children}
      </div>
    </main>
  )
}
