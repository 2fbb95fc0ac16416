import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconCheck } from '../../shared/icons'
import { type HookFallback, isChanged, type Provider } from '../api/client'
import { aboutField } from '../api/refusal'
import elements from '../elements/elements.module.css'
import { Overwritten } from '../elements/Overwritten'
import { Refused } from '../elements/Refused'
import { carrierName } from '../providers/carriers'
import { useMay } from '../session/may'
import classes from './Hooks.module.css'
import { sameFallback } from './hooks'
import { readFallback, type Seen, useFallback, useSaveFallback } from './queries'

/** What follows when the active hook fails. */
export function Fallback({ providers }: { providers: readonly Provider[] }) {
  const { t } = useTranslation()
  const { data, error } = useFallback()
  return (
    <section className={elements.card} aria-labelledby="fallback">
      <h2 id="fallback">{t('fallback.title')}</h2>
      <Refused error={error} />
      {data && <Choice stored={data} providers={providers} />}
    </section>
  )
}

function Choice({ stored, providers }: { stored: Seen<HookFallback>; providers: readonly Provider[] }) {
  const { t } = useTranslation()
  const mayChange = useMay()('administer')
  const [base, setBase] = useState(stored)
  const [chosen, setChosen] = useState(stored.is)
  const [theirs, setTheirs] = useState<Seen<HookFallback>>()
  const save = useSaveFallback()
  const isDirty = !sameFallback(chosen, base.is)
  const provider = providers.find(({ id }) => id === chosen.fallbackProviderId)
  const take = (now: Seen<HookFallback>) => {
    setBase(now)
    setChosen(now.is)
    setTheirs(undefined)
  }
  const write = () =>
    save.mutate(
      { is: chosen, etag: (theirs ?? base).etag },
      {
        onSuccess: take,
        onError: (error) => {
          if (isChanged(error)) void readFallback().then(setTheirs)
        },
      },
    )
  const nameOf = (id: string | null) => {
    const one = providers.find((each) => each.id === id)
    return one ? carrierName(one.providerName) : t('fallback.none')
  }
  return (
    <form
      className={classes.fallback}
      onSubmit={(event) => {
        event.preventDefault()
        write()
      }}
    >
      <p className={classes.quiet}>{t('fallback.about')}</p>
      <NativeSelect
        label={t('fallback.provider')}
        description={providers.length === 0 ? t('fallback.noProvider') : t('fallback.providerHint')}
        disabled={!mayChange}
        value={chosen.fallbackProviderId ?? ''}
        onChange={(event) => setChosen({ ...chosen, fallbackProviderId: event.currentTarget.value || null })}
        data={[
          { value: '', label: t('fallback.none') },
          ...providers.map(({ id, providerName }) => ({ value: id, label: carrierName(providerName) })),
        ]}
        error={aboutField(save.error, 'fallbackProviderId')}
      />
      <Checkbox
        label={t('fallback.duplicates')}
        description={t('fallback.duplicatesHint', {
          name: provider ? carrierName(provider.providerName) : t('fallback.it'),
        })}
        disabled={!mayChange || !chosen.fallbackProviderId}
        checked={chosen.acceptDuplicates}
        onChange={(event) => setChosen({ ...chosen, acceptDuplicates: event.currentTarget.checked })}
      />
      {theirs && (
        <Overwritten onTake={() => take(theirs)}>
          <li>{nameOf(theirs.is.fallbackProviderId)}</li>
          {theirs.is.acceptDuplicates && <li>{t('fallback.duplicates')}</li>}
        </Overwritten>
      )}
      {!isChanged(save.error) && <Refused error={save.error} shown={['fallbackProviderId']} />}
      {mayChange && (
        <div className={classes.formFoot}>
          <span className={classes.saved} role="status">
            {save.isSuccess && !isDirty && (
              <>
                <IconCheck size={16} /> {t('fallback.saved')}
              </>
            )}
          </span>
          <Button type="submit" loading={save.isPending} disabled={!isDirty}>
            {t(theirs ? 'changed.overwrite' : 'save')}
          </Button>
        </div>
      )}
    </form>
  )
}
