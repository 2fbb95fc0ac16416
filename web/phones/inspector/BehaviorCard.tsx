import { Button, NativeSelect } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { setPhone } from '../api'
import type { Phone } from '../state/desk'
import { type CallbackOrder, callbackOrders, type Outcome, outcomes, type PhoneBehavior } from '../state/wire'
import { ChanceFields } from './ChanceFields'
import classes from './Inspector.module.css'
import { NumberField } from './NumberField'

/** What this phone does with the next message or call. Every change holds at once. */
export function BehaviorCard({ phone }: { phone: Phone }) {
  const { t } = useTranslation()
  const save = useMutation({ mutationFn: (behavior: PhoneBehavior) => setPhone(phone.number, behavior) })
  const { behavior } = phone
  const outcome = behavior.outcome ?? 'delivered'
  const callbacks = behavior.callbacks ?? 'normal'
  const change = (part: PhoneBehavior) => save.mutate({ ...behavior, ...part })
  const usual = outcome === 'delivered' && callbacks === 'normal' && !behavior.delayMs

  return (
    <section className={classes.card} aria-labelledby="behavior">
      <div className={classes.head}>
        <h2 id="behavior">{t('behavior.title')}</h2>
        {!usual && (
          <Button variant="subtle" size="compact-xs" onClick={() => save.mutate({})}>
            {t('behavior.reset')}
          </Button>
        )}
      </div>
      <NativeSelect
        label={t('behavior.outcome')}
        description={t(`outcome.${outcome}.help`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={outcome}
        onChange={(event) => change({ outcome: event.currentTarget.value as Outcome })}
        data={outcomes.map((value) => ({ value, label: t(`outcome.${value}.name`) }))}
      />
      <NumberField
        label={t('behavior.delay')}
        unit="s"
        value={(behavior.delayMs ?? 0) / 1000}
        min={0}
        max={86_400}
        onSave={(seconds) => change({ delayMs: Math.round((seconds ?? 0) * 1000) })}
      />
      <NativeSelect
        label={t('behavior.callbacks')}
        description={t(`callbacks.${callbacks}.help`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={callbacks}
        onChange={(event) => change({ callbacks: event.currentTarget.value as CallbackOrder })}
        data={callbackOrders.map((value) => ({ value, label: t(`callbacks.${value}.name`) }))}
      />
      {!usual && <ChanceFields value={behavior} onSave={change} />}
      {save.error && (
        <p className={classes.error} role="alert">
          {save.error.message}
        </p>
      )}
    </section>
  )
}
