import type { LogEvent } from '../api/client'
import { debugOf } from './events'

/** The System Log as a table (RFC 4180). */

const columns: Record<string, (event: LogEvent) => string> = {
  published: (e) => e.published,
  uuid: (e) => e.uuid,
  eventType: (e) => e.eventType,
  displayMessage: (e) => e.displayMessage,
  severity: (e) => e.severity,
  'outcome.result': (e) => e.outcome.result,
  'outcome.reason': (e) => e.outcome.reason ?? '',
  'actor.id': (e) => e.actor.id,
  'actor.alternateId': (e) => e.actor.alternateId,
  'actor.displayName': (e) => e.actor.displayName,
  'client.ipAddress': (e) => e.client.ipAddress ?? '',
  'target.id': (e) => e.target.map(({ id }) => id).join(' '),
  'target.alternateId': (e) => e.target.map(({ alternateId }) => alternateId).join(' '),
  'transaction.id': (e) => e.transaction.id,
  ...Object.fromEntries(
    [
      'deliveryId',
      'phoneNumber',
      'smsProvider',
      'voiceProvider',
      'status',
      'providerStatus',
      'providerCode',
      'transactionId',
      'attempts',
    ].map((key) => [`debugData.${key}`, (e: LogEvent) => debugOf(e, key)]),
  ),
}

export const csvHead = `${Object.keys(columns).map(cell).join(',')}\r\n`

export const csvLine = (event: LogEvent) =>
  `${Object.values(columns)
    .map((read) => cell(read(event)))
    .join(',')}\r\n`

/**
 * A cell. A spreadsheet takes a text that begins with = + - @ for a formula, so it gets an apostrophe before it; a plain
 * number, such as a phone's, is harmless and stays. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function cell(text: string): string {
  const tame = /^[=+\-@\t\r]/.test(text) && !/^[+-]\d+$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
