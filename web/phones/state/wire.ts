// What the simulator sends and takes. The shapes are those of internal/simulator.

import type { Piece as Spoken } from '../../shared/sound/playback'

export type Channel = 'sms' | 'call'
export type Carrier = 'twilio' | 'telesign'

export const outcomes = [
  'delivered',
  'undelivered',
  'unreachable',
  'landline',
  'opted-out',
  'busy',
  'no-answer',
] as const
export const callbackOrders = ['normal', 'none', 'duplicate', 'reordered', 'early', 'late', 'forged'] as const
export const carrierModes = [
  'up',
  'down',
  'error500',
  'throttled',
  'unauthorized',
  'fraud-blocked',
  'hang',
  'reset',
  'garbage',
] as const

export type Outcome = (typeof outcomes)[number]
export type CallbackOrder = (typeof callbackOrders)[number]
export type CarrierMode = (typeof carrierModes)[number]

/** When a behavior applies: to a share of the requests (0 to 1), drawn from a seed, for so many times, for so long. */
interface Chance {
  probability?: number
  seed?: number
  times?: number
  /** For how long, such as "60s". */
  for?: string
}

export interface PhoneBehavior extends Chance {
  outcome?: Outcome
  delayMs?: number
  callbacks?: CallbackOrder
}

export interface CarrierBehavior extends Chance {
  mode?: CarrierMode
  latencyMs?: number
}

/** One piece of what a call says: words (seconds estimated), a silence, or a wait for a key. */
export interface Piece extends Spoken {
  voice: string
}

export interface Message {
  id: string
  channel: Channel
  /** As the carriers say it: outbound reached the phone, inbound was typed on it. */
  direction: 'inbound' | 'outbound'
  from: string
  to: string
  extension: string | null
  text: string
  code: string | null
  language: string | null
  provider: string
  providerReference: string
  receivedAt: string
}

export type CallState = 'ringing' | 'answered' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled'

export interface Call {
  id: string
  number: string
  from: string
  extension: string | null
  provider: string
  providerReference: string
  state: CallState
  startedAt: string
  /** When the caller gives up, and when the phone answers by itself if nobody does anything. */
  ringsUntil: string
  autoAnswerAt: string | null
  answeredAt: string | null
  endedAt: string | null
  /** Every piece so far; the document that plays now starts at playFrom. */
  script: Piece[]
  playFrom: number
  digitsPressed: string
  /** Why the carrier could not go on with the call. */
  error: string | null
}
