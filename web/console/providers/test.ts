import { api, body, type Delivery } from '../api/client'
import type { Channel } from './carriers'

export interface TestForm {
  channel: Channel
  country: string
  number: string
  extension: string
}

/** Sends a test, and answers the id of its delivery. */
export async function sendTest(id: string, form: TestForm, signal: AbortSignal): Promise<string> {
  const { response } = await api.POST('/api/v1/telephony-providers/{customTelephonyProviderId}/test', {
    params: { path: { customTelephonyProviderId: id } },
    body: {
      factor: form.channel === 'call' ? 'CALL' : 'SMS',
      phoneNumber: form.number.trim(),
      countryCodeIso2: form.country,
      ...(form.channel === 'call' && form.extension ? { phoneExtension: form.extension.trim() } : {}),
    },
    signal,
  })
  return related(response.headers.get('Link') ?? '')
}

/** The delivery that a Link header leads to, "" when it leads to none. */
export function related(link: string): string {
  const href = /<([^>]*)>;\s*rel="related"/.exec(link)?.[1]
  return (href && new URL(href, 'https://localhost').searchParams.get('q')) ?? ''
}

/** The delivery of a test, as it stands now. */
export async function readDelivery(id: string): Promise<Delivery | null> {
  const found = await body(api.GET('/api/v1/deliveries', { params: { query: { q: id, limit: 1 } } }))
  return found[0] ?? null
}
