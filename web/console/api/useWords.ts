import { useTranslation } from 'react-i18next'
import { useExpired } from '../session/session'
import { Refusal, Unreachable } from './refusal'

/** Puts an error into words that say what to do. */
export function useErrorWords(): (error: unknown) => string {
  const { t } = useTranslation()
  const expired = useExpired()
  return (error) => {
    if (error instanceof Unreachable) return t('error.unreachable')
    if (!(error instanceof Refusal)) return t('error.unknown')
    const { status, code, id, causes, retryAfter } = error
    switch (code) {
      case 'E0000004':
        return t('error.wrongPassword')
      case 'E0000068':
        return t('error.wrongCode')
      case 'E0000082':
        return t('error.usedCode')
      case 'E0000006':
        return t('error.forbidden')
    }
    if (status === 401) return t(expired === false ? 'error.signedInAgain' : 'error.signedOut')
    if (status === 429) return t('error.tooMany', { count: retryAfter ?? 30 })
    if (status === 409) return t('error.conflict')
    if (status >= 500) return t('error.server', { id: id || `HTTP ${status}` })
    return causes.map((cause) => cause.text).join(' ') || error.message
  }
}
