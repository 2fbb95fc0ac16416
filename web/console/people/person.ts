import type { User } from '../api/client'

/** How a person is called: the name, else the login. */
export function nameOf({ profile }: Pick<User, 'profile'>): string {
  return profile.displayName || [profile.firstName, profile.lastName].join(' ').trim() || profile.login
}

/** Whether a person is meant by what somebody typed: every word of it stands in the name, the login or a number. */
export function isMeant(user: Pick<User, 'profile'>, typed: string): boolean {
  const { profile } = user
  const text = [nameOf(user), profile.firstName, profile.lastName, profile.login, profile.email].join(' ').toLowerCase()
  const numbers = [profile.mobilePhone, profile.primaryPhone].map((number) => number?.replace(/\D/g, '')).join()
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const digits = asNumber(typed)?.slice(1)
  return words.every((word) => text.includes(word)) || (digits !== undefined && numbers.includes(digits))
}

/** What was typed as an international number without its spacing, when it looks like one. */
export function asNumber(typed: string): string | undefined {
  const compact = typed.replace(/[\s().-]/g, '').replace(/^00/, '+')
  return /^\+?\d{7,15}$/.test(compact) ? (compact.startsWith('+') ? compact : `+${compact}`) : undefined
}
