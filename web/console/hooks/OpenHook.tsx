import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type InlineHook, isGone, type Provider } from '../api/client'
import { Dialog } from '../elements/Dialog'
import { Refused } from '../elements/Refused'
import { HookEditor } from './HookEditor'
import { readHook } from './queries'

interface Props {
  hook: InlineHook
  hooks: readonly InlineHook[]
  providers: readonly Provider[]
  onClose: () => void
}

/** Edits a hook as it is now: the list may be older, and does not tell its ETag. */
export function OpenHook({ hook, hooks, providers, onClose }: Props) {
  const { t } = useTranslation()
  const { data, error } = useQuery({ queryKey: ['openHook', hook.id], queryFn: () => readHook(hook.id), gcTime: 0 })
  if (data) return <HookEditor stored={data} hooks={hooks} providers={providers} onClose={onClose} />
  if (!error) return null
  return (
    <Dialog onClose={onClose} title={t('hooks.editOf', { name: hook.name })}>
      <Refused error={error} {...(isGone(error) ? { words: t('hooks.gone') } : {})} />
    </Dialog>
  )
}
