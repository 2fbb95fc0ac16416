import type { JournalEntry } from './journal/entry'
import type { Carrier, CarrierBehavior, PhoneBehavior } from './state/wire'

/** Why the simulator refused something, in its own words. */
export class Refusal extends Error {}

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Refusal(reason(text) ?? `${answer.status} ${answer.statusText}`)
  return text === '' ? undefined : JSON.parse(text)
}

function reason(text: string): string | undefined {
  try {
    const body = JSON.parse(text) as { error?: string; message?: string } | null
    return body?.error ?? body?.message
  } catch {
    return undefined
  }
}

const phone = (number: string) => `/phones/${encodeURIComponent(number)}`

export type CallAction = 'answer' | 'decline' | 'ring' | 'hangup'

export const control = (number: string, callId: string, action: CallAction) =>
  ask('POST', `${phone(number)}/calls/${callId}/${action}`)

export const press = (number: string, callId: string, digits: string) =>
  ask('POST', `${phone(number)}/calls/${callId}/digits`, { digits })

export const reply = (number: string, to: string, text: string) =>
  ask('POST', `${phone(number)}/messages`, { to, text })

/** Tells that the messages of a phone were looked at. */
export const markRead = (number: string) => ask('POST', `${phone(number)}/read`)

export const clear = (number: string) => ask('DELETE', `${phone(number)}/messages`)

export const setPhone = (number: string, behavior: PhoneBehavior) => ask('PUT', `${phone(number)}/behavior`, behavior)

export const setCarrier = (carrier: Carrier, behavior: CarrierBehavior) =>
  ask('PUT', `/carriers/${carrier}/behavior`, behavior)

export const journal = () => ask('GET', '/journal?limit=300') as Promise<JournalEntry[]>

export const resend = (id: string) => ask('POST', `/journal/${encodeURIComponent(id)}/resend`)
