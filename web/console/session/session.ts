import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, body, isSignedOut } from '../api/client'
import type { components } from '../api/schema'

export type Role = NonNullable<components['schemas']['Session']['role']>

/** Who is in. `expired`: was in, and has to sign in again to go on; what is on the screen stays. */
export interface Session {
  userId: string
  login: string
  name: string
  /** Of an administrator; undefined for anybody else. */
  role: Role | undefined
  expired: boolean
}

const key = ['session'] as const

/** Who is in; null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: key, queryFn: readSession, staleTime: Infinity, gcTime: Infinity })
}

/** Whether somebody was in and has to sign in again; undefined when nobody asked for the session yet. */
export function useExpired(): boolean | undefined {
  return useQuery({ queryKey: key, queryFn: readSession, enabled: false }).data?.expired
}

async function readSession(): Promise<Session | null> {
  try {
    const { userId, login, role } = await body(api.GET('/api/v1/sessions/me'))
    return { userId, login, role, name: role ? await readName(userId, login) : login, expired: false }
  } catch (error) {
    if (isSignedOut(error)) return null
    throw error
  }
}

/** Only an administrator may read a user, even themselves. */
async function readName(id: string, login: string): Promise<string> {
  const { profile } = await body(api.GET('/api/v1/users/{id}', { params: { path: { id } } }))
  return [profile.firstName, profile.lastName].join(' ').trim() || login
}

/** Takes the session token that ends the way in. */
export async function enter(queries: QueryClient, sessionToken: string) {
  await api.POST('/api/v1/sessions', { body: { sessionToken } })
  queries.setQueryData(key, await readSession())
  await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] })
}

export function useSignOut() {
  const queries = useQueryClient()
  return async () => {
    try {
      await api.DELETE('/api/v1/sessions/me')
    } catch (error) {
      if (!isSignedOut(error)) throw error
    }
    queries.clear()
    queries.setQueryData(key, null)
  }
}

/** Tells that an answer was 401: whoever was in is asked to sign in again, over the page as it is. */
export function noticeSignedOut(queries: QueryClient, error: unknown) {
  if (!isSignedOut(error)) return
  queries.setQueryData<Session | null>(key, (session) => (session ? { ...session, expired: true } : session))
}
