/** A preview of a hook: the request that it gets, and what its answer would mean for a message. Pure. */

const prefix = 'com.okta.user.telephony.'
export const requestTypes = ['mfa-verification', 'pre-enrollment', 'password-reset', 'account-unlock'] as const
export type RequestType = (typeof requestTypes)[number]
const actionType = 'com.okta.telephony.action'

export interface Sample {
  type: RequestType
  channel: 'SMS' | 'CALL'
  phone: string
  code: string
  /** What the message says; a call has none. */
  text: string
  hookId: string
  origin: string
  now: Date
}

/** A request as a hook gets it (internal/provider/inlinehook), for nobody in particular. */
export function sampleRequest({ type, channel, phone, code, text, hookId, origin, now }: Sample): object {
  const words = channel === 'SMS' ? { msgTemplate: text, messageTemplate: text } : {}
  return {
    eventId: 'preview',
    eventTime: now.toISOString(),
    eventType: 'com.okta.telephony.provider',
    eventTypeVersion: '1.0',
    contentType: 'application/json',
    cloudEventVersion: '0.1',
    source: `${origin}/api/v1/inlineHooks/${hookId}`,
    requestType: prefix + type,
    data: {
      context: { request: { id: 'preview', method: 'POST', url: { value: '/preview' }, ipAddress: '192.0.2.1' } },
      userProfile: { firstName: 'Ana', lastName: 'Sample', login: 'ana.sample@example.com', userId: 'preview' },
      messageProfile: {
        ...words,
        phoneNumber: phone,
        otpExpires: new Date(now.getTime() + 5 * 60_000).toISOString(),
        deliveryChannel: channel,
        otpCode: code,
        otp: code,
        locale: 'en',
      },
    },
  }
}

export const pretty = (value: unknown) => JSON.stringify(value, null, 2)

/** JSON as it is read best; what is none, as it is. */
export function prettyText(text: string): string {
  try {
    return pretty(JSON.parse(text.replace(/^\ufeff/, '')))
  } catch {
    return text
  }
}

/** The object that a text is, or undefined. */
export function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export type Verdict =
  | { is: 'SUCCESSFUL' | 'PENDING' | 'FAILED'; provider: string; transactionId: string }
  /** The hook's own words about what went wrong. */
  | { is: 'error'; words: string }
  | { is: 'notJson' | 'noCommand' | 'noStatus' }

/** What an answer would mean, read as the server reads it: an error counts before any command. */
export function judge(answer: string, requestType: unknown): Verdict {
  const reply = readObject(answer)
  if (!reply) return { is: 'notJson' }
  const errors = oneOrMore(reply.error)
  if (errors) return { is: 'error', words: wordsOf(errors) }
  const command = (oneOrMore(reply.commands) ?? []).find(
    ({ type }) => type === actionType || (typeof type === 'string' && type === requestType),
  )
  const action = command && oneOrMore(command.value)?.[0]
  if (!action) return { is: 'noCommand' }
  const status = String(action.status).toUpperCase()
  if (status !== 'SUCCESSFUL' && status !== 'PENDING' && status !== 'FAILED') return { is: 'noStatus' }
  return { is: status, provider: text(action.provider), transactionId: text(action.transactionId) }
}

/** An object or a list of them; undefined when there is none. One that is no object counts, and says nothing. */
function oneOrMore(value: unknown): Record<string, unknown>[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) return isObject(value) ? [value] : [{}]
  return value.length > 0 ? value.filter(isObject) : undefined
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

function wordsOf(errors: Record<string, unknown>[]): string {
  const words = errors.flatMap(({ errorSummary, errorCauses }) => [
    text(errorSummary),
    ...(oneOrMore(errorCauses) ?? []).flatMap((cause) => [text(cause.errorSummary), text(cause.reason)]),
  ])
  return [...new Set(words.filter(Boolean))].join('; ')
}

/** The headers of the request as they are sent, without the secret. */
export function headersOf(authKey: string, headers: readonly { key: string; value: string }[]): string {
  const lines = [
    ['Accept', 'application/json'],
    ['Content-Type', 'application/json'],
  ]
  for (const { key, value } of headers) lines.push([key, value])
  lines.push([authKey, '••••••••'])
  return lines.map(([key, value]) => `${key ?? ''}: ${value ?? ''}`).join('\n')
}
