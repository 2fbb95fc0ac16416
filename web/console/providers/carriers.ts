import type { Provider, ProviderSettings } from '../api/client'

/** The carriers and the ways in which each can send. Pure: what the form holds, and what of it goes to the API. */

export const carriers = ['TWILIO', 'TELESIGN'] as const
export type Carrier = (typeof carriers)[number]
export const carrierNames: Record<Carrier, string> = { TWILIO: 'Twilio', TELESIGN: 'Telesign' }

export const carrierName = (name: string | undefined) =>
  carriers.includes(name as Carrier) ? carrierNames[name as Carrier] : (name ?? '')

export const channels = ['sms', 'call'] as const
export type Channel = (typeof channels)[number]

/** A way to send; `fixed` is the value of one that needs no more to be said. */
interface Method {
  key: string
  option: string
  fixed?: string
}

const twilio = (option: string): Method => ({ key: option, option })
const telesign = (service: string): Method => ({ key: service, option: 'telesignService', fixed: service })

const catalogue = {
  TWILIO: {
    sms: [twilio('twilioMessageSid'), twilio('twilioPhoneNumber'), twilio('twilioVerifySid')],
    call: [twilio('twilioPhoneNumber'), twilio('twilioCallerId'), twilio('twilioVerifySid')],
  },
  TELESIGN: {
    sms: [telesign('telesignMessagingService'), telesign('telesignVerifyService')],
    call: [telesign('telesignVoiceService'), telesign('telesignVerifyService')],
  },
} satisfies Record<Carrier, Record<Channel, Method[]>>

export const methodsOf = (carrier: Carrier, channel: Channel): readonly Method[] => catalogue[carrier][channel]

/** What is chosen for a channel. The value typed for each method is kept while another one is looked at. */
export interface Choice {
  method: string
  typed: Record<string, string>
}

export interface Form {
  sid: string
  token: string
  sms: Choice
  call: Choice
}

export const emptyForm: Form = {
  sid: '',
  token: '',
  sms: { method: '', typed: {} },
  call: { method: '', typed: {} },
}

/** The form of a stored provider. A stored token is never read. */
export function formOf(provider: Provider): Form {
  return {
    sid: provider.providerSid,
    token: '',
    sms: choiceOf(provider, 'sms'),
    call: choiceOf(provider, 'call'),
  }
}

function choiceOf({ providerName, providerSettings }: Provider, channel: Channel): Choice {
  const found = methodIn(providerName, providerSettings, channel)
  return found ? { method: found.key, typed: { [found.key]: found.value } } : { method: '', typed: {} }
}

/** The method that the settings have for a channel, with its value. */
export function methodIn(carrier: Carrier, settings: ProviderSettings, channel: Channel) {
  const set: Record<string, string | undefined> = { ...settings[channel] }
  const method = methodsOf(carrier, channel).find(
    ({ option, fixed }) => set[option] && (fixed === undefined || set[option] === fixed),
  )
  return method && { key: method.key, value: set[method.option] ?? '', fixed: method.fixed !== undefined }
}

/** The settings that the API takes; null removes the method of a channel. */
export function settingsOf(carrier: Carrier, form: Form): ProviderSettings {
  const settings: Record<string, Record<string, string> | null> = {}
  for (const channel of channels) {
    const { method: key, typed } = form[channel]
    const method = methodsOf(carrier, channel).find((one) => one.key === key)
    settings[channel] = method ? { [method.option]: method.fixed ?? (typed[key] ?? '').trim() } : null
  }
  return settings
}

/** Whether two readings of a provider differ in what the form shows. */
export const differs = (a: Provider, b: Provider) =>
  JSON.stringify([a.providerSid, a.providerSettings]) !== JSON.stringify([b.providerSid, b.providerSettings])

export const isTouched = (form: Form, start: Form) => JSON.stringify(form) !== JSON.stringify(start)

/** Why an action on a provider is not available now; undefined when it is. The keys of texts. */
export function whyNot(provider: Provider, all: readonly Provider[]) {
  const otherActive = all.some(({ id, enabled }) => enabled && id !== provider.id)
  return {
    deactivate: provider.isPrimaryProvider && otherActive ? ('primaryWithOther' as const) : undefined,
    setPrimary: provider.isPrimaryProvider
      ? ('alreadyPrimary' as const)
      : provider.enabled
        ? undefined
        : ('inactive' as const),
    delete: provider.enabled ? ('active' as const) : undefined,
  }
}
