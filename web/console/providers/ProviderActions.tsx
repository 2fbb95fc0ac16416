import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconChevron } from '../../shared/icons'
import type { Provider } from '../api/client'
import { Action } from '../elements/Action'
import { useWhyNot } from '../elements/ActionButton'
import { Confirm } from '../elements/Confirm'
import { Refused } from '../elements/Refused'
import { useActiveHook, useFallback } from '../hooks/queries'
import { carrierNames, whyNot } from './carriers'
import classes from './Providers.module.css'
import { useStep } from './queries'

interface Props {
  provider: Provider
  all: readonly Provider[]
  onEdit: () => void
}

/** What can be done with a provider now; what cannot, says why. */
export function ProviderActions({ provider, all, onEdit }: Props) {
  const { t } = useTranslation()
  const { mutate, mutateAsync, isPending, error, reset } = useStep(provider.id)
  const [asking, setAsking] = useState<'delete' | 'deactivate'>()
  const name = carrierNames[provider.providerName]
  const other = all.find(({ id }) => id !== provider.id)
  const why = whyNot(provider, all)
  const forbidden = useWhyNot('administer')
  const hook = useActiveHook()
  const isFallback = useFallback().data?.is.fallbackProviderId === provider.id
  const reason = (key: keyof typeof why) => {
    if (forbidden) return forbidden
    const because = why[key]
    return because && t(`providers.why.${because}`, { name, other: other ? carrierNames[other.providerName] : '' })
  }
  const close = () => {
    setAsking(undefined)
    reset()
  }
  return (
    <>
      <Menu position="bottom-end" width={300} withArrow>
        <Menu.Target>
          <Button
            variant="default"
            aria-label={t('providers.actionsOf', { name })}
            rightSection={<IconChevron size={15} />}
            loading={isPending && !asking}
          >
            {t('actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {provider.enabled ? (
            <Action
              words={t('providers.deactivate')}
              why={reason('deactivate')}
              onClick={() => setAsking('deactivate')}
            />
          ) : (
            <Action
              words={t('providers.activate')}
              why={forbidden ?? (hook && t('excluded.why', { name: hook.name }))}
              onClick={() => mutate('activate')}
            />
          )}
          <Action words={t('providers.setPrimary')} why={reason('setPrimary')} onClick={() => mutate('setPrimary')} />
          <Action words={t('providers.edit')} why={forbidden} onClick={onEdit} />
          <Menu.Divider />
          <Action
            words={t('providers.delete')}
            why={reason('delete') ?? (isFallback ? t('excluded.fallback') : undefined)}
            onClick={() => setAsking('delete')}
            danger
          />
        </Menu.Dropdown>
      </Menu>
      {!asking && error && (
        <div className={classes.failed}>
          <Refused error={error} />
        </div>
      )}
      {asking === 'deactivate' && (
        <Confirm
          title={t('providers.deactivateTitle', { name })}
          action={t('providers.deactivate')}
          onConfirm={() => mutateAsync('deactivate')}
          onClose={close}
        >
          {t(provider.isPrimaryProvider ? 'providers.deactivateLast' : 'providers.deactivateSecond')}
        </Confirm>
      )}
      {asking === 'delete' && (
        <Confirm
          title={t('providers.deleteTitle', { name })}
          action={t('providers.delete')}
          tick={t('providers.deleteTick')}
          danger
          onConfirm={() => mutateAsync('delete')}
          onClose={close}
        >
          {t('providers.deleteText', { name })}
        </Confirm>
      )}
    </>
  )
}
