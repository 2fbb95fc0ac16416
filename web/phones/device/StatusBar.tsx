import { useFormats } from '../../shared/useFormats'
import { useNow } from '../../shared/useNow'
import type { Phone } from '../state/desk'
import classes from './StatusBar.module.css'

/** The line at the top of the screen. Decoration: nothing here is told elsewhere, nothing here matters. */
export function StatusBar({ phone }: { phone: Phone }) {
  const { clock } = useFormats()
  const now = useNow(10_000)
  const reachable = phone.behavior.outcome !== 'unreachable'
  return (
    <div className={classes.bar} aria-hidden="true">
      <span className={classes.time}>{clock(now)}</span>
      <span className={classes.island} />
      <svg className={classes.signs} width="52" height="14" viewBox="0 0 52 14" fill="currentColor">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={bar * 5}
            y={9 - bar * 2.6}
            width="3.400"
            height={4 + bar * 2.6}
            rx="1"
            opacity={reachable ? 1 : 0.3}
          />
        ))}
        <rect x="26.500" y="1.500" width="21" height="11" rx="3.200" fill="none" stroke="currentColor" opacity="0.6" />
        <rect x="28.300" y="3.300" width="14.500" height="7.400" rx="1.800" />
        <rect x="49" y="5" width="2" height="4" rx="1" opacity="0.6" />
      </svg>
    </div>
  )
}
