import { CloseButton, Drawer, Modal } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './elements.module.css'

interface Props {
  title: ReactNode
  children: ReactNode
  onClose: () => void
  opened?: boolean
  /** In the middle of the page, or along one of its sides. */
  place?: 'middle' | 'left' | 'right'
  size?: number | string
  /** A click beside it does not close it: something typed would be lost. */
  stay?: boolean
  closeLabel?: string
  /** Over every other dialog, whichever was opened first. */
  foremost?: boolean
}

/** A dialog over the page. Mantine's own head is a <header>, of which a page should have one only. */
export function Dialog({
  title,
  children,
  onClose,
  opened = true,
  place = 'middle',
  size,
  stay,
  closeLabel,
  foremost,
}: Props) {
  const { t } = useTranslation()
  const [before] = useState(() => document.activeElement)
  // Mantine gives the focus back when a dialog closes, but not when it is taken away as a whole.
  useEffect(() => () => (before instanceof HTMLElement ? before.focus() : undefined), [before])
  const Kind = place === 'middle' ? Modal : Drawer
  return (
    <Kind.Root
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={!stay}
      zIndex={foremost ? 400 : 200}
      {...(size === undefined ? {} : { size })}
      {...(place === 'middle' ? { centered: true } : { position: place })}
    >
      <Kind.Overlay />
      <Kind.Content>
        <div className={classes.dialogHead}>
          <Kind.Title className={classes.dialogTitle}>{title}</Kind.Title>
          <CloseButton aria-label={closeLabel ?? t('close')} onClick={onClose} />
        </div>
        <Kind.Body>{children}</Kind.Body>
      </Kind.Content>
    </Kind.Root>
  )
}
