import type { PurposeTemplate, SmsTemplate, TemplateFinding } from '../api/client'

/** What messages say, as the editor holds it. Pure. */

export const purposes = ['sign-in', 'enrollment', 'password-reset', 'account-unlock', 'push-activation'] as const
export type Purpose = (typeof purposes)[number]

export const channels = ['sms', 'call'] as const
export type Channel = (typeof channels)[number]

/** Whose words they are: a purpose's on one channel, or those of a template for every purpose (new without an id). */
export type Subject = { channel: Channel; purpose: Purpose } | { channel: 'sms'; template: string | undefined }

export const smsPath = '/customizations/sms'
const newTemplate = 'new'

export function pathOf(subject: Subject): string {
  if ('purpose' in subject) return `${smsPath}/${subject.channel}/${subject.purpose}`
  return `${smsPath}/template/${encodeURIComponent(subject.template ?? newTemplate)}`
}

/** The subject at a path, undefined when there is no such. */
export function subjectAt(kind: string | undefined, key: string | undefined): Subject | undefined {
  if (kind === 'template') return key ? { channel: 'sms', template: key === newTemplate ? undefined : key } : undefined
  const channel = channels.find((one) => one === kind)
  const purpose = purposes.find((one) => one === key)
  return channel && purpose && { channel, purpose }
}

export type Source = PurposeTemplate['source']

/** Texts by language; own is the key of the template's own text, which serves every language without a translation. */
export type Texts = Record<string, string>
export const own = ''

export interface Stored {
  source: Source
  name: string
  texts: Texts
  /** Of the template's own text, where the server tells it. */
  language: string | undefined
  findings: readonly TemplateFinding[]
  /** Names this state of them, for a change that means it. */
  etag: string | undefined
}

export const storedPurpose = (wire: PurposeTemplate, etag?: string): Stored => ({
  source: wire.source,
  name: '',
  texts: { [own]: wire.template, ...wire.translations },
  language: wire.language,
  findings: wire.findings,
  etag,
})

export const storedTemplate = (wire: SmsTemplate, etag?: string): Stored => ({
  source: 'SMS_VERIFY_CODE',
  name: wire.name,
  texts: { [own]: wire.template, ...wire.translations },
  language: undefined,
  findings: [],
  etag,
})

/** The request that saves texts. */
export function requestOf(texts: Texts): { template: string; translations: Record<string, string> } {
  const { [own]: template = '', ...translations } = texts
  return { template, translations }
}

/** The field of the API that has the text of a language. */
export const fieldOf = (language: string) => (language === own ? 'template' : `translations.${language}`)

/** The languages whose text is another one, or is only in one of the two. */
export function changedLanguages(was: Texts, is: Texts): string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((language) => was[language] !== is[language])
}

/** Whether two readings differ in what the editor shows. */
export const differs = (a: Stored, b: Stored) =>
  a.source !== b.source || a.name !== b.name || changedLanguages(a.texts, b.texts).length > 0

export function without(texts: Texts, language: string): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([one]) => one !== language))
}

/** The own text, and of the translations those that are not the default words. */
export function onlyOwnWords(texts: Texts, defaults: Texts): Texts {
  return Object.fromEntries(
    Object.entries(texts).filter(([language, text]) => language === own || text !== defaults[language]),
  )
}

/** Every language that there are default words in, by the texts of the defaults. */
export function knownLanguages(defaults: Stored): string[] {
  return Object.keys(defaults.texts).map((language) => (language === own ? (defaults.language ?? 'en') : language))
}

/** The default words of a language; '' when there are none. */
export function defaultIn(defaults: Stored, language: string): string {
  return defaults.texts[language === defaults.language ? own : language] ?? ''
}

/** What refuses a text, and then what is only told. */
export function findingsOf(findings: readonly TemplateFinding[], language: string): TemplateFinding[] {
  const about = findings.filter(({ field }) => field === fieldOf(language))
  return about.toSorted((a, b) => Number(b.refuses) - Number(a.refuses))
}
