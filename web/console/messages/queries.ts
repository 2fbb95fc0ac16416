import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, body } from '../api/client'
import { type Channel, requestOf, type Stored, storedPurpose, storedTemplate, type Subject, type Texts } from './words'

/** Everything that was read of messages' words lies below this key. */
export const wordsKey = ['words'] as const

const keyOf = (subject: Subject) =>
  [...wordsKey, subject.channel, 'purpose' in subject ? subject.purpose : (subject.template ?? 'new')] as const

export function usePurposes(channel: Channel) {
  return useQuery({
    queryKey: [...wordsKey, channel],
    queryFn: () => body(api.GET(channel === 'sms' ? '/api/v1/templates/messages' : '/api/v1/templates/calls')),
  })
}

export function useTemplates() {
  return useQuery({ queryKey: [...wordsKey, 'templates'], queryFn: () => body(api.GET('/api/v1/templates/sms')) })
}

/** The words of a subject as they are stored; those of a new template are the default ones. */
export function useWords(subject: Subject) {
  return useQuery({ queryKey: keyOf(subject), queryFn: () => readWords(subject) })
}

export async function readWords(subject: Subject): Promise<Stored> {
  if (!('purpose' in subject)) {
    if (!subject.template) return { ...(await readDefaults(subject)), source: 'SMS_VERIFY_CODE' }
    const params = { path: { templateId: subject.template } }
    return tagged(storedTemplate, await api.GET('/api/v1/templates/sms/{templateId}', { params }))
  }
  const params = { path: { purpose: subject.purpose } }
  return tagged(storedPurpose, await api.GET(purposePath(subject.channel), { params }))
}

/** An answer together with its ETag. */
function tagged<T>(stored: (wire: T, etag?: string) => Stored, answer: { data?: T; response: Response }): Stored {
  return stored(answer.data as T, answer.response.headers.get('ETag') ?? undefined)
}

const purposePath = (channel: Channel) =>
  channel === 'sms' ? '/api/v1/templates/messages/{purpose}' : '/api/v1/templates/calls/{purpose}'

/** The default words of a subject. A template for every purpose stands in for those of enrollment, as Okta's does. */
export function useDefaults(subject: Subject) {
  return useQuery({
    queryKey: [...keyOf(subject), 'default'],
    queryFn: () => readDefaults(subject),
    staleTime: Infinity,
  })
}

async function readDefaults(subject: Subject): Promise<Stored> {
  const purpose = 'purpose' in subject ? subject.purpose : 'enrollment'
  const params = { path: { purpose }, query: { source: 'DEFAULT' } } as const
  return storedPurpose(await body(api.GET(purposePath(subject.channel), { params })))
}

/** Saves the words and answers them as stored. With an etag it is refused when they are other ones by now (isChanged). */
export async function saveWords(subject: Subject, name: string, texts: Texts, etag?: string): Promise<Stored> {
  const words = requestOf(texts)
  const header = etag ? { 'If-Match': etag } : {}
  if ('purpose' in subject) {
    const params = { path: { purpose: subject.purpose }, header }
    return tagged(storedPurpose, await api.PUT(purposePath(subject.channel), { params, body: words }))
  }
  const template = { name, type: 'SMS_VERIFY_CODE', ...words }
  if (!subject.template) return tagged(storedTemplate, await api.POST('/api/v1/templates/sms', { body: template }))
  const params = { path: { templateId: subject.template }, header }
  return tagged(storedTemplate, await api.PUT('/api/v1/templates/sms/{templateId}', { params, body: template }))
}

/** Takes an administrator's words away. */
export async function removeWords(subject: Subject) {
  if ('purpose' in subject) {
    await api.DELETE(purposePath(subject.channel), { params: { path: { purpose: subject.purpose } } })
  } else if (subject.template) {
    await api.DELETE('/api/v1/templates/sms/{templateId}', { params: { path: { templateId: subject.template } } })
  }
}

/** What the server says of texts that are being written: how they look, what they cost, what saving would refuse. */
export function usePreviewSms(texts: Texts, enabled: boolean) {
  return useQuery({
    queryKey: ['preview', 'sms', texts],
    queryFn: async ({ signal }) => ({
      texts,
      said: await body(api.POST('/api/v1/templates/sms/preview', { body: requestOf(texts), signal })),
    }),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })
}

export function usePreviewCall(texts: Texts, enabled: boolean) {
  return useQuery({
    queryKey: ['preview', 'call', texts],
    queryFn: async ({ signal }) => ({
      texts,
      said: await body(api.POST('/api/v1/templates/calls/preview', { body: requestOf(texts), signal })),
    }),
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })
}

/** What countries add to every text. */
export function useRegulations() {
  return useQuery({
    queryKey: ['regulations'],
    queryFn: () => body(api.GET('/api/v1/telephony/regulations')),
    staleTime: 60_000,
  })
}
