import type { ReactNode } from 'react'
import classes from './RoundButton.module.css'

interface Props {
  kind: 'answer' | 'decline' | 'plain'
  label: string
  icon: ReactNode
  onClick: () => void
  disabled?: boolean
  pressed?: boolean
}

/** A button of the call screen: a disc with its word below. */
export function RoundButton({ kind, label, icon, onClick, disabled, pressed }: Props) {
  return (
    <button
      type="button"
      className={classes.button}
      data-kind={kind}
      onClick={onClick}
      disabled={disabled}
      aria-pressed={pressed}
    >
      <span className={classes.disc}>{icon}</span>
      <span>{label}</span>
    </button>
  )
}
