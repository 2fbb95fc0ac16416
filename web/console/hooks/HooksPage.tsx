import { Button, Loader } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconPlus } from '../../shared/icons'
import type { InlineHook } from '../api/client'
import { LookOnly } from '../elements/LookOnly'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { useProviders } from '../providers/queries'
import { useMay } from '../session/may'
import { Exclusion } from './Exclusion'
import { Fallback } from './Fallback'
import { FirstHook } from './FirstHook'
import { HookCard } from './HookCard'
import { HookEditor } from './HookEditor'
import classes from './Hooks.module.css'
import { OpenHook } from './OpenHook'
import { Preview } from './Preview'
import { useHooks } from './queries'

type Open = { what: 'add' } | { what: 'edit' | 'preview'; hook: InlineHook }

/** The org's own web services that carry messages in the place of the telephony providers. */
export function Component() {
  const { t } = useTranslation()
  const mayChange = useMay()('administer')
  const { data: hooks, error, isPending } = useHooks()
  const { data: providers = [] } = useProviders()
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const add = mayChange && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen({ what: 'add' })}>
      {t('hooks.add')}
    </Button>
  )
  return (
    <>
      <PageHead title={t('page.hooks')} about={t('hooks.about')}>
        {hooks && hooks.length > 0 && add}
      </PageHead>
      {error ? <Refused error={error} /> : <LookOnly />}
      {isPending && <Loader aria-label={t('loading')} />}
      {hooks && <Exclusion providers={providers} />}
      {hooks?.length === 0 && <FirstHook>{add}</FirstHook>}
      {hooks && hooks.length > 0 && (
        <div className={classes.columns}>
          <ul className={classes.cards}>
            {hooks.map((hook) => (
              <HookCard
                key={hook.id}
                hook={hook}
                hooks={hooks}
                providers={providers}
                onEdit={() => setOpen({ what: 'edit', hook })}
                onPreview={() => setOpen({ what: 'preview', hook })}
              />
            ))}
          </ul>
          <Fallback providers={providers} />
        </div>
      )}
      {hooks && open?.what === 'add' && (
        <HookEditor stored={undefined} hooks={hooks} providers={providers} onClose={close} />
      )}
      {hooks && open?.what === 'edit' && (
        <OpenHook hook={open.hook} hooks={hooks} providers={providers} onClose={close} />
      )}
      {open?.what === 'preview' && <Preview hook={open.hook} onClose={close} />}
    </>
  )
}
