import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, body, type HookFallback, type InlineHook } from '../api/client'
import { providersKey } from '../providers/queries'
import { type Form, isActive, requestOf } from './hooks'

export const hooksKey = ['hooks'] as const
const fallbackKey = ['hookFallback'] as const

/** Something that can be changed, and its ETag: the name of the state that was seen. */
export interface Seen<T> {
  is: T
  etag: string | undefined
}

/** An answer with its ETag. */
function seen<T>({ data, response }: { data?: T; response: Response }): Seen<T> {
  return { is: data as T, etag: response.headers.get('ETag') ?? undefined }
}

const ifMatch = (etag: string | undefined) => (etag ? { 'If-Match': etag } : {})

export function useHooks() {
  return useQuery({ queryKey: hooksKey, queryFn: () => body(api.GET('/api/v1/inlineHooks')) })
}

/** The hook that carries every message, when one does. */
export const useActiveHook = () => useHooks().data?.find(isActive)

export const readHook = async (inlineHookId: string) =>
  seen<InlineHook>(await api.GET('/api/v1/inlineHooks/{inlineHookId}', { params: { path: { inlineHookId } } }))

/** Adds a hook, or changes one as it was seen; when it is another one by now, that is refused (isChanged). */
export async function saveHook(stored: Seen<InlineHook> | undefined, form: Form) {
  if (!stored) {
    await api.POST('/api/v1/inlineHooks', { body: requestOf(form) })
    return
  }
  await api.PUT('/api/v1/inlineHooks/{inlineHookId}', {
    params: { path: { inlineHookId: stored.is.id }, header: ifMatch(stored.etag) },
    body: requestOf(form),
  })
}

const steps = {
  activate: '/api/v1/inlineHooks/{inlineHookId}/lifecycle/activate',
  deactivate: '/api/v1/inlineHooks/{inlineHookId}/lifecycle/deactivate',
} as const

export type Step = keyof typeof steps | 'delete'

/** Takes a step in the life of a hook; what the pages show of carriers is read again, also when it was refused. */
export function useStep(inlineHookId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (step: Step) => {
      const params = { path: { inlineHookId } }
      if (step === 'delete') await api.DELETE('/api/v1/inlineHooks/{inlineHookId}', { params })
      else await api.POST(steps[step], { params })
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: hooksKey }),
        queries.invalidateQueries({ queryKey: providersKey }),
      ]),
  })
}

export function useFallback() {
  return useQuery({ queryKey: fallbackKey, queryFn: readFallback })
}

export const readFallback = async () => seen<HookFallback>(await api.GET('/api/v1/telephony/hook-fallback'))

export function useSaveFallback() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ is, etag }: Seen<HookFallback>) =>
      seen<HookFallback>(
        await api.PUT('/api/v1/telephony/hook-fallback', { params: { header: ifMatch(etag) }, body: is }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: fallbackKey }),
  })
}

/** Has the server ask a hook: the answer as it came, and the milliseconds that it took. */
export async function execute(inlineHookId: string, payload: object, signal: AbortSignal) {
  const began = performance.now()
  const { data } = await api.POST('/api/v1/inlineHooks/{inlineHookId}/execute', {
    params: { path: { inlineHookId } },
    body: payload,
    parseAs: 'text',
    signal,
  })
  return { answer: String(data), took: Math.round(performance.now() - began) }
}
