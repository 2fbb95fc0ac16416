import { Button, type ButtonProps, Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Right, useMay } from '../session/may'
import { useSession } from '../session/session'
import classes from './elements.module.css'

interface Props extends ButtonProps {
  /** The right that the action takes. */
  right: Right
  onClick: () => void
  'aria-label'?: string
}

/** A button that, to somebody without the right for it, says why instead of acting. */
export function ActionButton({ right, onClick, ...button }: Props) {
  const why = useWhyNot(right)
  if (!why) return <Button {...button} onClick={onClick} />
  return (
    <Popover position="bottom" withArrow width={260}>
      <Popover.Target>
        <Button {...button} data-disabled aria-disabled="true" />
      </Popover.Target>
      <Popover.Dropdown className={classes.whyNot}>{why}</Popover.Dropdown>
    </Popover>
  )
}

/** Why whoever is in may not do something; undefined when they may. */
export function useWhyNot(right: Right): string | undefined {
  const { t } = useTranslation()
  const may = useMay()
  const role = useSession().data?.role
  if (may(right) || !role) return undefined
  return t(right === 'support' ? 'role.onlySupport' : 'role.onlySuper', { role: t(`role.${role}`) })
}
