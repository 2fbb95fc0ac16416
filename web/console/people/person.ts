import type { User } from '../api/client'

/** How a person is called: the name, else the login. */
export function nameOf({ profile }: Pick<User, 'profile'>): string {
  return profile.displayName || [profile.firstName, profile.lastName].join(' ').trim() || profile.login
}

/** What was typed as an international number without its spacing, when it looks like one. */
export function asNumber(typed: string): string | undefined {
  const compact = typed.replace(/[\s().-]/g, '').replace(/^00/, '+')
  return /^\+?\d{7,15}$/.test(compact) ? (compact.startsWith('+') ? compact : `+${compact}`) : undefined
}
