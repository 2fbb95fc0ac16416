import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { Confirm } from '../elements/Confirm'

/** Asks before a page is left on which something is not saved. `free` lets the next step pass unasked. */
export function useLeave(unsaved: boolean) {
  const { t } = useTranslation()
  const passes = useRef(false)
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved && !passes.current && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (!unsaved) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])
  const question = blocker.state === 'blocked' && (
    <Confirm
      title={t('discard.title')}
      action={t('discard.action')}
      danger
      onConfirm={() => {
        blocker.proceed()
        return Promise.resolve()
      }}
      onClose={() => blocker.reset()}
    >
      {t('discard.text')}
    </Confirm>
  )
  return {
    question,
    free: () => {
      passes.current = true
    },
  }
}
