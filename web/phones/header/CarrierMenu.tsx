import { Button, NativeSelect, Popover, VisuallyHidden } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { setCarrier } from '../api'
import { ChanceFields } from '../inspector/ChanceFields'
import { NumberField } from '../inspector/NumberField'
import { type Carrier, type CarrierBehavior, type CarrierMode, carrierModes } from '../state/wire'
import classes from './CarrierMenu.module.css'

/** How a carrier's API behaves, at a glance and to change. */
export function CarrierMenu({ carrier, behavior }: { carrier: Carrier; behavior: CarrierBehavior }) {
  const { t } = useTranslation()
  const save = useMutation({ mutationFn: (next: CarrierBehavior) => setCarrier(carrier, next) })
  const mode = behavior.mode ?? 'up'
  const slow = (behavior.latencyMs ?? 0) > 0
  const change = (part: CarrierBehavior) => save.mutate({ ...behavior, ...part })
  const health = mode !== 'up' ? 'bad' : slow ? 'slow' : 'good'

  return (
    <Popover position="bottom-end" width={300} trapFocus withArrow>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          leftSection={<span className={classes.dot} data-health={health} />}
        >
          {t(`carrier.${carrier}`)}
          {health !== 'good' && (
            <span className={classes.mode}>{slow && mode === 'up' ? t('carrier.slow') : t(`mode.${mode}.name`)}</span>
          )}
          {health === 'good' && <VisuallyHidden>{t('mode.up.name')}</VisuallyHidden>}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('carrier.label', { name: t(`carrier.${carrier}`) })}>
        <div className={classes.form}>
          <NativeSelect
            label={t('carrier.mode', { name: t(`carrier.${carrier}`) })}
            description={t(`mode.${mode}.help`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={mode}
            onChange={(event) => change({ mode: event.currentTarget.value as CarrierMode })}
            data={carrierModes.map((value) => ({ value, label: t(`mode.${value}.name`) }))}
            data-autofocus
          />
          <NumberField
            label={t('carrier.latency')}
            unit="ms"
            value={behavior.latencyMs ?? 0}
            min={0}
            max={600_000}
            onSave={(latencyMs) => change({ latencyMs: Math.round(latencyMs ?? 0) })}
          />
          {health !== 'good' && <ChanceFields value={behavior} onSave={change} />}
          {health !== 'good' && (
            <Button size="xs" variant="default" onClick={() => save.mutate({})}>
              {t('carrier.reset')}
            </Button>
          )}
          {save.error && (
            <p className={classes.error} role="alert">
              {save.error.message}
            </p>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
