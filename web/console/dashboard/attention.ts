import type { Provider } from '../api/client'
import { providersPath } from '../frame/pages'
import { carrierName } from '../providers/carriers'
import { deliveryRate, type Traffic } from './traffic'

/** Something that an administrator should look at, by the key of its words, and the page of the next step. */
export interface Attention {
  key: 'noProvider' | 'noActive' | 'oneProvider' | 'rate' | 'forged' | 'locked' | 'limited' | 'calm'
  to: string
  values: { count?: number; name?: string; rate?: number }
}

/** Fewer settled messages than this say nothing about a provider. */
const enough = 10
const worrying = 0.8

/** What wants attention, the most urgent first. When there is nothing, the next thing that one likes to do. */
export function attentionOf(providers: readonly Provider[], traffic: Traffic): Attention[] {
  const found: Attention[] = []
  const active = providers.filter(({ enabled }) => enabled)
  if (providers.length === 0) found.push({ key: 'noProvider', to: providersPath, values: {} })
  else if (active.length === 0) found.push({ key: 'noActive', to: providersPath, values: {} })
  for (const [provider, { count }] of traffic.providers) {
    const rate = deliveryRate(count)
    if (rate === undefined || rate >= worrying || count.delivered + count.failed < enough) continue
    const to = `/reports/system-log?outcome=FAILURE&q=${provider}`
    found.push({ key: 'rate', to, values: { name: carrierName(provider), rate: Math.round(rate * 100) } })
  }
  const kinds = [
    ['forged', traffic.forged, 'system.telephony.callback.refuse'],
    ['locked', traffic.locked, 'user.account.lock'],
    ['limited', traffic.limited, 'system.operation.rate_limit.violation'],
  ] as const
  for (const [key, count, type] of kinds) {
    if (count > 0) found.push({ key, to: `/reports/system-log?type=${type}`, values: { count } })
  }
  if (active.length === 1) found.push({ key: 'oneProvider', to: providersPath, values: {} })
  return found.length > 0 ? found : [{ key: 'calm', to: providersPath, values: {} }]
}
