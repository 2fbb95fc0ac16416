import { IconBook, IconHome, IconKey, IconMessage, IconPeople, IconPhone } from '../../shared/icons'

/** The pages of the console, in the order and under the headings of Okta's. Who may read what a page shows, may open it. */
export const pages = [
  { key: 'dashboard', path: '/', group: undefined, icon: IconHome },
  { key: 'people', path: '/directory/people', group: 'directory', icon: IconPeople },
  { key: 'providers', path: '/customizations/telephony-providers', group: 'customizations', icon: IconPhone },
  { key: 'sms', path: '/customizations/sms', group: 'customizations', icon: IconMessage },
  { key: 'log', path: '/reports/system-log', group: 'reports', icon: IconBook },
  { key: 'tokens', path: '/security/api-tokens', group: 'security', icon: IconKey },
] as const

export type PageKey = (typeof pages)[number]['key']
export type GroupKey = NonNullable<(typeof pages)[number]['group']>

/** Where the page of one thing is. */
export const personPath = (id: string) => `/directory/people/${encodeURIComponent(id)}`
export const providersPath = '/customizations/telephony-providers'

/** The permanent address of an event: its id, and when it was published, by which it is found. */
export const eventPath = (event: { uuid: string; published: string }) =>
  `/reports/system-log/${encodeURIComponent(event.uuid)}?at=${encodeURIComponent(event.published)}`
