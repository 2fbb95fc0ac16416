import { api, body, isGone, nextCursor, type User } from '../api/client'
import { Refusal } from '../api/refusal'
import { asNumber, isMeant } from './person'

export interface People {
  users: readonly User[]
  next: string | undefined
}

/** One page of everybody. */
export async function listPeople(after: string | undefined, signal?: AbortSignal): Promise<People> {
  const query = after ? { after, limit: 200 } : { limit: 200 }
  const { data, response } = await api.GET('/api/v1/users', { params: { query }, signal: signal ?? null })
  return { users: data ?? [], next: nextCursor(response) }
}

/**
 * Who is meant by a name, a login or a phone number: among the first page of everybody, by the exact login, and by the
 * messages that a number got.
 */
export async function findPeople(typed: string, signal?: AbortSignal): Promise<User[]> {
  const number = asNumber(typed)
  const [page, exact] = await Promise.all([
    listPeople(undefined, signal),
    number ? byNumber(number) : typed.includes('@') ? byLogin(typed) : [],
  ])
  const found = [...exact, ...page.users.filter((user) => isMeant(user, typed))]
  return [...new Map(found.map((user) => [user.id, user])).values()]
}

async function byLogin(id: string): Promise<User[]> {
  try {
    return [await body(api.GET('/api/v1/users/{id}', { params: { path: { id } } }))]
  } catch (error) {
    if (isGone(error)) return []
    throw error
  }
}

async function byNumber(q: string): Promise<User[]> {
  try {
    const deliveries = await body(api.GET('/api/v1/deliveries', { params: { query: { q, limit: 20 } } }))
    const ids = [...new Set(deliveries.flatMap(({ userId }) => userId ?? []))]
    return (await Promise.all(ids.map(byLogin))).flat()
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return []
    throw error
  }
}
