/**
 * One line of the simulator's journal: a request that a carrier got, a callback it sent, a TwiML document it fetched, or
 * an alert (why a call could not go on).
 */
export interface JournalEntry {
  id: string
  kind: 'request' | 'callback' | 'twiml' | 'alert'
  at: string
  carrier: string
  method: string
  url: string
  authorization?: string
  body: string
  /** 0: there was no answer. */
  status: number
  answer: string
  durationMs: number
  error?: string
  reference?: string
  attempt?: number
  signatureBase?: string
  signature?: string
  forged?: boolean
}
