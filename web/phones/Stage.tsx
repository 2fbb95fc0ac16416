import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconBack } from '../shared/icons'
import { readable } from '../shared/number'
import classes from './App.module.css'
import { Device } from './device/Device'
import { Inspector } from './inspector/Inspector'
import { liveCall, type Phone } from './state/desk'

interface Props {
  phone: Phone
  playing: Partial<Record<string, number>>
  onTouch: () => void
  onBack: () => void
}

/** The open phone and what belongs to it. Whoever touches it keeps it: the page then no longer follows the newest. */
export function Stage({ phone, playing, onTouch, onBack }: Props) {
  const { t } = useTranslation()
  const call = liveCall(phone)
  return (
    <div className={classes.stage} onPointerDownCapture={onTouch} onKeyDownCapture={onTouch}>
      <div className={classes.top}>
        <UnstyledButton className={classes.back} onClick={onBack}>
          <IconBack />
          {t('list.back')}
        </UnstyledButton>
        <h2>{readable(phone.number)}</h2>
      </div>
      <div className={classes.phone}>
        <Device key={phone.number} phone={phone} speaking={call && playing[call.id]} />
      </div>
      <Inspector key={`${phone.number} inspector`} phone={phone} />
    </div>
  )
}
