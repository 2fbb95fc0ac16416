import { ActionIcon } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './CopyLine.module.css'
import { IconCheck, IconCopy } from './icons'
import { useCopy } from './useCopy'

/** A command to copy into a terminal. */
export function CopyLine({ text }: { text: string }) {
  const { t } = useTranslation('shared')
  const { copied, copy } = useCopy(text)
  return (
    <div className={classes.line}>
      {/* Scrolls sideways, so the keyboard must reach it. */}
      <pre className={classes.text} tabIndex={0}>
        {text}
      </pre>
      <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={t(copied ? 'copied' : 'copy')}>
        {copied ? <IconCheck /> : <IconCopy />}
      </ActionIcon>
    </div>
  )
}
