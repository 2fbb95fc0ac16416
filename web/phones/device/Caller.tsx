import { useTranslation } from 'react-i18next'
import { readable } from '../../shared/number'
import type { Call } from '../state/wire'
import classes from './Caller.module.css'

/** Who calls, through which carrier, and the extension that was dialled. */
export function Caller({ call, note }: { call: Call; note: string }) {
  const { t } = useTranslation()
  return (
    <div className={classes.caller}>
      <div className={classes.note}>{note}</div>
      <h2 className={classes.number}>{readable(call.from)}</h2>
      <div className={classes.chips}>
        <span>{t(`carrier.${call.provider}` as 'carrier.twilio', call.provider)}</span>
        {call.extension && <span>{t('call.extension', { extension: call.extension })}</span>}
      </div>
    </div>
  )
}
