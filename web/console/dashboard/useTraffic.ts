import { useQuery } from '@tanstack/react-query'
import type { LogEvent } from '../api/client'
import { endsOf } from '../log/range'
import { readPages } from '../log/reader'
import { is } from '../log/search'
import { type Traffic, trafficOf } from './traffic'

/** The events that are counted. */
const filter = [
  'eventType sw "system.sms."',
  'eventType sw "system.voice."',
  'eventType sw "system.operation."',
  is('eventType', 'system.telephony.callback.refuse'),
  is('eventType', 'user.account.lock'),
  is('eventType', 'user.authentication.auth_via_mfa'),
].join(' or ')

/** More events of a day than this are not read; the counts then say from when on they are. */
const atMost = 10_000

export interface RecentTraffic extends Traffic {
  /** The counts begin here, when not the whole day was read. */
  from: string | undefined
}

/** What became of the messages of the last 24 hours; read again twice a minute while somebody looks. */
export function useTraffic() {
  return useQuery({
    queryKey: ['traffic'],
    queryFn: async ({ signal }): Promise<RecentTraffic> => {
      const now = Date.now()
      const events: LogEvent[] = []
      const query = { ...endsOf({ preset: '24h' }, now), filter, words: '' }
      const next = await readPages(query, { atMost, signal, onPage: (page) => events.push(...page) })
      return { ...trafficOf(events, now), from: next ? events.at(-1)?.published : undefined }
    },
    staleTime: 15_000,
    refetchInterval: 30_000,
  })
}
