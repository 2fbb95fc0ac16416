import type { LogEvent } from '../api/client'

/** An event as the API answers it, for tests. */
export function sampleEvent(different: Partial<LogEvent> = {}): LogEvent {
  return {
    actor: { id: 'system', type: 'SystemPrincipal', alternateId: 'system@hookswitch', displayName: 'Hookswitch' },
    client: {},
    authenticationContext: { authenticationStep: 0 },
    displayMessage: 'Receive SMS status',
    eventType: 'system.sms.receive_status',
    outcome: { result: 'SUCCESS' },
    published: '2026-03-02T10:00:00.000Z',
    securityContext: {},
    severity: 'INFO',
    debugContext: { debugData: { deliveryId: 'dlv1', smsProvider: 'TWILIO', phoneNumber: '+12025550123' } },
    transaction: { type: 'WEB', id: 'req1', detail: {} },
    uuid: 'uuid1',
    version: '0',
    request: { ipChain: [] },
    target: [
      { id: '00u1', type: 'User', alternateId: 'ana@example.com', displayName: 'Ana Marín' },
      { id: 'dlv1', type: 'MobilePhone', alternateId: '+12025550123', displayName: '+12025550123' },
    ],
    ...different,
  }
}
