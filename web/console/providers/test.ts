import { api, body, type Delivery } from '../api/client'
import { debugOf } from '../log/events'
import { is } from '../log/search'
import type { Channel } from './carriers'

export interface TestForm {
  channel: Channel
  country: string
  number: string
  extension: string
}

/** A test that was sent: the request, by which the System Log knows the delivery, and from when on to look for it. */
export interface Sent {
  requestId: string
  since: string
}

export async function sendTest(id: string, form: TestForm, signal: AbortSignal): Promise<Sent> {
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
  // The server's own clock: that of the browser may be wrong. A send takes at most 8 seconds.
  const answered = Date.parse(response.headers.get('Date') ?? '') || Date.now()
  return {
    requestId: response.headers.get('X-Okta-Request-Id') ?? '',
    since: new Date(answered - 60_000).toISOString(),
  }
}

/** The delivery that a test made, as it stands now. */
export async function readDelivery({ requestId, since }: Sent, known?: string): Promise<Delivery | null> {
  const id = known ?? (await findDelivery(requestId, since))
  if (!id) return null
  const found = await body(api.GET('/api/v1/deliveries', { params: { query: { q: id, limit: 1 } } }))
  return found[0] ?? null
}

/** Finds the delivery by the first event that tells of it: the one of its sending. */
async function findDelivery(requestId: string, since: string): Promise<string | undefined> {
  const query = { since, filter: is('transaction.id', requestId), limit: 10 } as const
  const events = await body(api.GET('/api/v1/logs', { params: { query } }))
  return events.map((event) => debugOf(event, 'deliveryId')).find(Boolean)
}
