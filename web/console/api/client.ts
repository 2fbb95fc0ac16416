import createClient from 'openapi-fetch'
import { Refusal, Unreachable } from './refusal'
import type { components, paths } from './schema'

type Schemas = components['schemas']
export type Provider = Schemas['TelephonyProvider']
export type ProviderSettings = Schemas['ProviderSettings']
export type User = Schemas['User']
export type Factor = Schemas['UserFactor']
export type Delivery = Schemas['Delivery']
export type LogEvent = Schemas['LogEvent']
export type ApiToken = Schemas['APIToken']
export type PurposeTemplate = Schemas['PurposeTemplate']
export type SmsTemplate = Schemas['SmsTemplate']
export type TemplateFinding = Schemas['TemplateFinding']
export type SMSPreview = Schemas['SMSPreview']
export type CallPreview = Schemas['CallPreview']
export type ScriptPreview = Schemas['ScriptPreview']
export type InlineHook = Schemas['InlineHook']
export type HookFallback = Schemas['HookFallback']
export type Transaction = Schemas['AuthnTransaction']

/** The API of the server that this page came from, called with the cookie of the session. Errors are thrown. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' })

api.use({
  async onResponse({ response }) {
    if (response.ok) return
    const body: unknown = await response.json().catch(() => undefined)
    throw new Refusal(response.status, body, response.headers.get('Retry-After'))
  },
  onError({ error }) {
    return error instanceof DOMException ? error : new Unreachable()
  },
})

/** The body of an answer. */
export async function body<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer
  return data as T
}

/** The cursor of the next page, from the Link headers of an answer. */
export function nextCursor(response: Response): string | undefined {
  const next = /<([^>]*)>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1]
  return next ? (new URL(next, location.origin).searchParams.get('after') ?? undefined) : undefined
}

export function isGone(error: unknown): boolean {
  return error instanceof Refusal && error.status === 404
}

/** Whether somebody else changed a thing after it was read: see the If-Match of the request. */
export function isChanged(error: unknown): boolean {
  return error instanceof Refusal && error.status === 412
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof Refusal && error.status === 401
}
