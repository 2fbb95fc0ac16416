import { readable } from '../../shared/number'
import { IconChevron } from '../../shared/icons'
import type { LogEvent } from '../api/client'
import { Pill } from '../elements/Pill'
import { When } from '../elements/When'
import { linksOf, toneOf } from './events'
import classes from './Log.module.css'

interface Props {
  event: LogEvent
  opened: boolean
  onToggle: () => void
}

export function EventRow({ event, opened, onToggle }: Props) {
  const { outcome, displayMessage, eventType, published, actor } = event
  const { phone, person, provider } = linksOf(event)
  return (
    <button type="button" className={classes.row} aria-expanded={opened} onClick={onToggle}>
      <When at={published} brief />
      <span className={classes.what}>
        <b>{displayMessage}</b>
        <span>{outcome.reason ?? eventType}</span>
      </span>
      <span className={classes.whom}>
        {person?.displayName ?? actor.displayName}
        <span>{phone ? readable(phone) : provider}</span>
      </span>
      <Pill tone={toneOf(outcome.result)}>{outcome.result}</Pill>
      <IconChevron size={15} />
    </button>
  )
}
