/** One reason of a refusal; `field` is its place in the request, such as providerSettings.sms.twilioPhoneNumber. */
export interface Cause {
  field?: string
  text: string
}

/** An error as the API answers it: Okta's five fields, and when to try again. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  /** The id of the request, by which the server's log is searched. */
  readonly id: string
  readonly causes: readonly Cause[]
  readonly retryAfter: number | undefined

  constructor(status: number, body: unknown, retryAfter?: string | null) {
    const { errorCode, errorSummary, errorId, errorCauses } = (isObject(body) ? body : {}) as Record<string, unknown>
    super(typeof errorSummary === 'string' ? errorSummary : `HTTP ${status}`)
    this.status = status
    this.code = typeof errorCode === 'string' ? errorCode : ''
    this.id = typeof errorId === 'string' ? errorId : ''
    this.causes = Array.isArray(errorCauses) ? errorCauses.flatMap(causeOf) : []
    this.retryAfter = Number(retryAfter) || undefined
  }
}

/** Nobody answered. */
export class Unreachable extends Error {}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function causeOf(cause: unknown): Cause[] {
  const { errorSummary } = (isObject(cause) ? cause : {}) as { errorSummary?: unknown }
  return typeof errorSummary === 'string' ? [readCause(errorSummary)] : []
}

/** Takes "field: text" apart; a cause about no field stays whole. */
export function readCause(summary: string): Cause {
  const found = /^([a-z][\w.[\]]*): (.+)$/s.exec(summary)
  return found?.[1] && found[2] ? { field: found[1], text: sentence(found[2]) } : { text: sentence(summary) }
}

/** A capital at the beginning and a full stop at the end. */
function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

/** What an error says about one field of a form, "" when nothing. */
export function aboutField(error: unknown, field: string): string {
  return causesOf(error)
    .filter((cause) => cause.field === field)
    .map(({ text }) => text)
    .join(' ')
}

/** What an error says beside the fields that a form shows. */
export function besideFields(error: unknown, shown: readonly string[]): string[] {
  return causesOf(error)
    .filter(({ field }) => field === undefined || !shown.includes(field))
    .map(({ text }) => text)
}

function causesOf(error: unknown): readonly Cause[] {
  return error instanceof Refusal ? error.causes : []
}
