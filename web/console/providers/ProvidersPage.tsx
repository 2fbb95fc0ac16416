import { Loader } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '../api/client'
import { LookOnly } from '../elements/LookOnly'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { type Carrier, carriers } from './carriers'
import { Excluded } from './Excluded'
import { NewCard } from './NewCard'
import { ProviderCard } from './ProviderCard'
import { ProviderEditor } from './ProviderEditor'
import classes from './Providers.module.css'
import { useProviders } from './queries'
import { SendTest } from './SendTest'

type Open = { what: 'edit'; carrier: Carrier; provider?: Provider } | { what: 'test'; provider: Provider }

export function Component() {
  const { t } = useTranslation()
  const { data: providers, error, isPending } = useProviders()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  return (
    <>
      <PageHead title={t('page.providers')} about={t('providers.about')} />
      {error ? <Refused error={error} /> : <LookOnly />}
      <Excluded />
      {isPending && <Loader aria-label={t('loading')} />}
      {providers && (
        <div className={classes.cards}>
          {carriers.map((carrier) => {
            const provider = providers.find(({ providerName }) => providerName === carrier)
            return provider ? (
              <ProviderCard
                key={carrier}
                provider={provider}
                all={providers}
                onEdit={() => setOpen({ what: 'edit', carrier, provider })}
                onTest={() => setOpen({ what: 'test', provider })}
              />
            ) : (
              <NewCard key={carrier} carrier={carrier} onAdd={() => setOpen({ what: 'edit', carrier })} />
            )
          })}
        </div>
      )}
      {open?.what === 'edit' && <ProviderEditor carrier={open.carrier} provider={open.provider} onClose={close} />}
      {open?.what === 'test' && <SendTest provider={open.provider} onClose={close} />}
    </>
  )
}
