import type { HookFallback, InlineHook, Provider } from '../api/client'
import { carrierName } from '../providers/carriers'

/** What the forms of inline hooks hold, and what of it goes to the API. Pure. */

export interface Header {
  key: string
  value: string
}

export interface Form {
  name: string
  uri: string
  authKey: string
  /** Write-only: empty keeps the stored one. */
  secret: string
  headers: readonly Header[]
}

export const emptyForm: Form = { name: '', uri: '', authKey: 'Authorization', secret: '', headers: [] }

export function formOf({ name, channel }: InlineHook): Form {
  const { uri, headers, authScheme } = channel.config
  return { name, uri, authKey: authScheme.key, secret: '', headers }
}

/** The whole hook as the API takes it. Headers without a name and a value are lines that nobody filled in. */
export function requestOf(form: Form) {
  const { name, uri, authKey, secret, headers } = form
  return {
    name: name.trim(),
    type: 'com.okta.telephony.provider',
    version: '1.0.0',
    channel: {
      type: 'HTTP',
      version: '1.0.0',
      config: {
        uri: uri.trim(),
        method: 'POST',
        headers: filled(headers).map(({ key, value }) => ({ key: key.trim(), value: value.trim() })),
        authScheme: { type: 'HEADER', key: authKey.trim(), ...(secret ? { value: secret } : {}) },
      },
    },
  } as const
}

export const filled = (headers: readonly Header[]) => headers.filter(({ key, value }) => key.trim() || value.trim())

export const isTouched = (form: Form, start: Form) => JSON.stringify(form) !== JSON.stringify(start)

/** The fields beside which the form shows its own part of an error. */
export function shownFields({ headers }: Form): string[] {
  const config = 'channel.config'
  const fields = ['authScheme', 'authScheme.key', 'authScheme.value', 'uri']
  const lines = filled(headers).flatMap((_, index) => [`headers[${index}].key`, `headers[${index}].value`])
  return ['name', ...[...fields, ...lines].map((field) => `${config}.${field}`)]
}

/** What differs between two readings of a hook in what the form shows, as the keys of texts with their values. */
export function changesOf(was: InlineHook, is: InlineHook): { what: keyof Form; value: string }[] {
  const [a, b] = [formOf(was), formOf(is)]
  const changes: { what: keyof Form; value: string }[] = []
  for (const what of ['name', 'uri', 'authKey'] as const)
    if (a[what] !== b[what]) changes.push({ what, value: b[what] })
  const lines = (headers: readonly Header[]) => headers.map(({ key, value }) => `${key}: ${value}`).join(', ')
  if (lines(a.headers) !== lines(b.headers)) changes.push({ what: 'headers', value: lines(b.headers) || '–' })
  return changes
}

export const isActive = ({ status }: InlineHook) => status === 'ACTIVE'

/** What carries the messages instead of a hook, by its name; undefined when nothing else does. */
export function otherCarrier(
  hook: InlineHook | undefined,
  hooks: readonly InlineHook[],
  providers: readonly Provider[],
): { is: 'hook' | 'provider'; name: string } | undefined {
  const other = hooks.find((one) => isActive(one) && one.id !== hook?.id)
  if (other) return { is: 'hook', name: other.name }
  const provider = providers.find(({ enabled }) => enabled)
  return provider && { is: 'provider', name: carrierName(provider.providerName) }
}

export const sameFallback = (a: HookFallback, b: HookFallback) =>
  a.fallbackProviderId === b.fallbackProviderId && a.acceptDuplicates === b.acceptDuplicates
