import { api, body, isGone, nextCursor, type User } from '../api/client'
import { Refusal } from '../api/refusal'
import { asNumber } from './person'

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

const most = 50

/**
 * Who is meant by a name, a login or a phone number, at most so many. The server finds all of them by an index: what a
 * name, a login or an address begins with, a first and a last name together, the phones that are set up, and those that
 * messages went to.
 */
export async function findPeople(typed: string, signal?: AbortSignal): Promise<User[]> {
  const number = asNumber(typed)
  const asked = number
    ? [withPhone(number, signal), reachedBy(number, signal)]
    : [listUsers({ q: typed }, signal), ...namePairs(typed).map((search) => listUsers({ search }, signal))]
  const found = (await Promise.all(asked)).flat()
  return [...new Map(found.map((user) => [user.id, user])).values()]
}

/** Searches for two or more words as a first and a last name, in either order and wherever the one ends. */
export function namePairs(typed: string): string[] {
  const words = typed.split(/\s+/).filter(Boolean).slice(0, 4)
  return words.slice(1).flatMap((_, i) => {
    const [one, other] = [words.slice(0, i + 1).join(' '), words.slice(i + 1).join(' ')]
    return [pair(one, other), pair(other, one)]
  })
}

const pair = (first: string, last: string) =>
  `profile.firstName sw ${JSON.stringify(first)} and profile.lastName sw ${JSON.stringify(last)}`

const listUsers = (query: { q: string } | { search: string }, signal?: AbortSignal) =>
  body(api.GET('/api/v1/users', { params: { query: { ...query, limit: most } }, signal: signal ?? null }))

const withPhone = (phoneNumber: string, signal?: AbortSignal) =>
  orNobody(body(api.GET('/api/v1/telephony/users', { params: { query: { phoneNumber } }, signal: signal ?? null })))

/** Whose messages went to a number: a phone that was taken away is found too. */
async function reachedBy(q: string, signal?: AbortSignal): Promise<User[]> {
  const deliveries = await orNobody(
    body(api.GET('/api/v1/deliveries', { params: { query: { q, limit: 20 } }, signal: signal ?? null })),
  )
  const ids = [...new Set(deliveries.flatMap(({ userId }) => userId ?? []))]
  return (await Promise.all(ids.map(byId))).flat()
}

async function byId(id: string): Promise<User[]> {
  try {
    return [await body(api.GET('/api/v1/users/{id}', { params: { path: { id } } }))]
  } catch (error) {
    if (isGone(error)) return []
    throw error
  }
}

/** A number that the server does not take for one is nobody's. */
async function orNobody<T>(answer: Promise<T[]>): Promise<T[]> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refusal && (error.status === 400 || error.status === 404)) return []
    throw error
  }
}
