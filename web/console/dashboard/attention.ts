import type { Provider } from '../api/client'
import { providersPath } from '../frame/pages'
import { carrierName } from '../providers/carriers'
import { deliveryRate, type Totals } from './traffic'
import type { Troubles } from './useTotals'

/** Something that an administrator should look at, by the key of its words, and the page of the next step. */
export interface Attention {
  key: 'noProvider' | 'noActive' | 'oneProvider' | 'rate' | 'forged' | 'locked' | 'limited' | 'calm' | 'none'
  to: string
  values: { count?: number; name?: string; rate?: number }
}

/** Fewer settled messages than this say nothing about a provider. */
const enough = 10
const worrying = 0.8

/**
 * What wants attention, the most urgent first. When there is nothing, the next thing that one likes to do. The providers
 * are undefined to somebody whose role does not show them.
 */
export function attentionOf(
  providers: readonly Provider[] | undefined,
  totals: Pick<Totals, 'providers' | 'total'>,
  troubles: Troubles,
): Attention[] {
  const found: Attention[] = []
  const active = providers?.filter(({ enabled }) => enabled)
  if (providers?.length === 0) found.push({ key: 'noProvider', to: providersPath, values: {} })
  else if (active?.length === 0) found.push({ key: 'noActive', to: providersPath, values: {} })
  for (const { provider, total } of totals.providers) {
    const rate = deliveryRate(total)
    if (rate === undefined || rate >= worrying || total.delivered + total.failed < enough) continue
    const to = `/reports/system-log?outcome=FAILURE&q=${encodeURIComponent(provider)}`
    found.push({ key: 'rate', to, values: { name: carrierName(provider), rate: Math.round(rate * 100) } })
  }
  const kinds = [
    ['forged', 'system.telephony.callback.refuse'],
    ['locked', 'user.account.lock'],
    ['limited', 'system.operation.rate_limit.violation'],
  ] as const
  for (const [key, type] of kinds) {
    const count = troubles[key]
    if (count > 0) found.push({ key, to: `/reports/system-log?type=${type}`, values: { count } })
  }
  if (active?.length === 1) found.push({ key: 'oneProvider', to: providersPath, values: {} })
  if (found.length > 0) return found
  return [
    {
      key: totals.total.messages === 0 ? 'none' : 'calm',
      to: providers ? providersPath : '/reports/system-log',
      values: {},
    },
  ]
}
