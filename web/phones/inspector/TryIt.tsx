import { Button, SegmentedControl } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyLine } from '../../shared/CopyLine'
import { IconMessage, IconPhone } from '../../shared/icons'
import { curlLine, sampleCall, sampleMessage } from '../samples'
import classes from './Inspector.module.css'

type Way = 'send' | 'wait' | 'carrier'

/** How to send something to this phone, and how a test reads what arrived. */
export function TryIt({ number }: { number: string }) {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>('send')
  const message = useMutation({ mutationFn: () => sampleMessage(number) })
  const call = useMutation({ mutationFn: () => sampleCall(number) })
  const error = message.error ?? call.error
  const lines: Record<Way, string> = {
    send: `hookswitch send ${number}`,
    wait: `curl '${location.origin}/phones/${number}/messages/latest?wait=30s'`,
    carrier: curlLine(number, location.origin),
  }
  return (
    <section className={classes.card} aria-labelledby="try">
      <h2 id="try">{t('try.title')}</h2>
      <div className={classes.buttons}>
        <Button size="xs" leftSection={<IconMessage size={15} />} onClick={() => message.mutate()}>
          {t('try.message')}
        </Button>
        <Button size="xs" variant="default" leftSection={<IconPhone size={15} />} onClick={() => call.mutate()}>
          {t('try.call')}
        </Button>
      </div>
      {error && (
        <p className={classes.error} role="alert">
          {error.message}
        </p>
      )}
      <SegmentedControl
        size="xs"
        fullWidth
        value={way}
        onChange={(value) => setWay(value)}
        aria-label={t('try.lines')}
        data={(['send', 'wait', 'carrier'] as const).map((value) => ({ value, label: t(`try.way.${value}`) }))}
      />
      <CopyLine text={lines[way]} />
      <p className={classes.quiet}>{t(`try.help.${way}`)}</p>
    </section>
  )
}
