import { IconBook, IconHome, IconKey, IconLink, IconMessage, IconPeople, IconPhone } from '../../shared/icons'
import type { Right } from '../session/may'

/** The pages of the console, in the order and under the headings of Okta's, each with the right that opens it. */
export const pages = [
  { key: 'dashboard', path: '/', group: undefined, icon: IconHome, right: 'look' },
  { key: 'people', path: '/directory/people', group: 'directory', icon: IconPeople, right: 'look' },
  {
    key: 'providers',
    path: '/customizations/telephony-providers',
    group: 'customizations',
    icon: IconPhone,
    right: 'audit',
  },
  { key: 'sms', path: '/customizations/sms', group: 'customizations', icon: IconMessage, right: 'audit' },
  { key: 'hooks', path: '/workflow/inline-hooks', group: 'workflow', icon: IconLink, right: 'audit' },
  { key: 'log', path: '/reports/system-log', group: 'reports', icon: IconBook, right: 'look' },
  { key: 'tokens', path: '/security/api-tokens', group: 'security', icon: IconKey, right: 'audit' },
] as const

/** The right that opens an address. */
export const rightFor = (path: string): Right =>
  pages.find((page) => page.path !== '/' && path.startsWith(page.path))?.right ?? 'look'

export type Page = (typeof pages)[number]
export type PageKey = Page['key']
export type GroupKey = NonNullable<Page['group']>

/** Where the page of one thing is. */
export const personPath = (id: string) => `/directory/people/${encodeURIComponent(id)}`
export const providersPath = '/customizations/telephony-providers'
export const hooksPath = '/workflow/inline-hooks'

/** The permanent address of an event: its id, and when it was published, by which it is found. */
export const eventPath = (event: { uuid: string; published: string }) =>
  `/reports/system-log/${encodeURIComponent(event.uuid)}?at=${encodeURIComponent(event.published)}`
