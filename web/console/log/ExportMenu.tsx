import { Button, Menu } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconDownload } from '../../shared/icons'
import { Dialog } from '../elements/Dialog'
import { Refused } from '../elements/Refused'
import { download, type ExportFormat, exportLog } from './export'
import classes from './Log.module.css'
import type { LogQuery } from './reader'

/** Makes a file of everything that the search finds, not only of what is loaded. */
export function ExportMenu({ query }: { query: LogQuery }) {
  const { t, i18n } = useTranslation()
  const [read, setRead] = useState(0)
  const running = useRef<AbortController>(undefined)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: async (format: ExportFormat) => {
      running.current = new AbortController()
      setRead(0)
      const file = await exportLog(query, format, running.current.signal, setRead)
      download(file, `system-log-${query.since.slice(0, 10)}-${query.until.slice(0, 10)}.${format}`)
    },
    onError: (failure) => {
      if (failure instanceof DOMException) reset()
    },
  })
  const close = () => {
    running.current?.abort()
    reset()
  }
  return (
    <>
      <Menu position="bottom-end" withArrow>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} />}>
            {t('log.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => mutate('csv')}>CSV</Menu.Item>
          <Menu.Item onClick={() => mutate('json')}>JSON</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Dialog
        opened={isPending || error !== null}
        onClose={close}
        title={t('log.exporting')}
        closeLabel={t('cancel')}
        stay
      >
        <div className={classes.exporting}>
          {isPending && (
            <>
              <progress aria-label={t('log.exporting')} />
              <p role="status">{t('log.exported', { count: read, all: read.toLocaleString(i18n.language) })}</p>
            </>
          )}
          <Refused error={error} />
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
        </div>
      </Dialog>
    </>
  )
}
