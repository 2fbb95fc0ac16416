import type { ReactNode } from 'react'
import { type Carrier, carrierNames } from './carriers'
import classes from './Providers.module.css'

export function CardHead({ carrier, children }: { carrier: Carrier; children?: ReactNode }) {
  return (
    <div className={classes.head}>
      <span className={classes.mark} data-carrier={carrier} aria-hidden="true">
        {carrierNames[carrier].charAt(0)}
      </span>
      <h2 id={carrier}>{carrierNames[carrier]}</h2>
      {children}
    </div>
  )
}
