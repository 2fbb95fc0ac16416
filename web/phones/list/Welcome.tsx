import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { CopyLine } from '../../shared/CopyLine'
import { sampleCall, sampleMessage } from '../samples'
import { AddPhone } from './AddPhone'
import classes from './Welcome.module.css'

const number = '+12025550123'

/** No phone got anything yet: what to do first. */
export function Welcome({ onOpen }: { onOpen: (number: string) => void }) {
  const { t } = useTranslation()
  const message = useMutation({ mutationFn: () => sampleMessage(number) })
  const call = useMutation({ mutationFn: () => sampleCall(number) })
  const error = message.error ?? call.error
  return (
    <main className={classes.welcome}>
      <svg className={classes.picture} viewBox="0 0 120 132" aria-hidden="true">
        <rect x="30" y="4" width="60" height="124" rx="14" className={classes.case} />
        <rect x="35" y="9" width="50" height="114" rx="10" className={classes.glass} />
        <path
          d="M42 44a6 6 0 0 1 6-6h24a6 6 0 0 1 6 6v12a6 6 0 0 1-6 6H54l-8 7v-7a5 5 0 0 1-4-5Z"
          className={classes.bubble}
        />
        <g className={classes.dots}>
          <circle cx="52" cy="50" r="2.700" />
          <circle cx="60" cy="50" r="2.700" />
          <circle cx="68" cy="50" r="2.700" />
        </g>
        <path
          d="M20 46c-6 9-6 23 0 32M100 46c6 9 6 23 0 32M10 40c-9 13-9 31 0 44M110 40c9 13 9 31 0 44"
          className={classes.waves}
        />
      </svg>
      <h1>{t('welcome.title')}</h1>
      <p>{t('welcome.text')}</p>
      <div className={classes.step}>
        <h2>{t('welcome.fromTerminal')}</h2>
        <CopyLine text={`hookswitch send ${number}`} />
      </div>
      <div className={classes.step}>
        <h2>{t('welcome.fromHere')}</h2>
        <div className={classes.buttons}>
          <Button onClick={() => message.mutate()} loading={message.isPending}>
            {t('try.message')}
          </Button>
          <Button variant="default" onClick={() => call.mutate()} loading={call.isPending}>
            {t('try.call')}
          </Button>
        </div>
        {error && <p role="alert">{error.message}</p>}
      </div>
      <AddPhone onAdd={onOpen} />
    </main>
  )
}
