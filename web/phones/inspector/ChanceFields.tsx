import { useTranslation } from 'react-i18next'
import classes from './Inspector.module.css'
import { NumberField } from './NumberField'

interface Chance {
  probability?: number
  times?: number
}

/** How often a behavior holds: for some share of the requests, and for how many of them. */
export function ChanceFields({ value, onSave }: { value: Chance; onSave: (change: Chance) => void }) {
  const { t } = useTranslation()
  return (
    <div className={classes.pair}>
      <NumberField
        label={t('behavior.probability')}
        unit="%"
        value={value.probability === undefined ? undefined : Math.round(value.probability * 100)}
        min={0}
        max={100}
        onSave={(percent) => onSave({ probability: percent === undefined ? undefined : percent / 100 })}
      />
      <NumberField
        label={t('behavior.times')}
        unit="×"
        value={value.times}
        min={1}
        max={1_000_000}
        onSave={(times) => onSave({ times: times === undefined ? undefined : Math.round(times) })}
      />
    </div>
  )
}
