import { Menu } from '@mantine/core'
import classes from './elements.module.css'

interface Props {
  words: string
  /** Why it cannot be done now. */
  why?: string | undefined
  danger?: boolean
  onClick: () => void
}

/** An entry of a menu of actions; one that is not available says why. */
export function Action({ words, why, danger, onClick }: Props) {
  return (
    <Menu.Item
      className={classes.action}
      disabled={why !== undefined}
      {...(danger && !why ? { color: 'red.9' } : {})}
      onClick={onClick}
    >
      {words}
      {why && <span className={classes.why}>{why}</span>}
    </Menu.Item>
  )
}
