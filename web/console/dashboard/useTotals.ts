import { useQuery } from '@tanstack/react-query'
import { api, body } from '../api/client'
import { is } from '../log/search'
import { beginOf, type Span } from './traffic'

/** What became of the messages of a span; asked again twice a minute while somebody looks. */
export function useTotals(span: Span) {
  return useQuery({
    queryKey: ['totals', span],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/v1/deliveries/totals', {
          params: { query: { since: beginOf(span, Date.now()) } },
          signal,
        }),
      ),
    staleTime: 15_000,
    refetchInterval: 30_000,
  })
}

/** How many events of a kind there were in the last 24 hours; no more than so many are counted. */
export const mostTroubles = 100

export interface Troubles {
  limited: number
  forged: number
  locked: number
}

const kinds: Record<keyof Troubles, string> = {
  limited: 'system.operation.rate_limit.violation',
  forged: 'system.telephony.callback.refuse',
  locked: 'user.account.lock',
}

export function useTroubles() {
  return useQuery({
    queryKey: ['troubles'],
    queryFn: async ({ signal }): Promise<Troubles> => {
      const [limited, forged, locked] = await Promise.all([
        countEvents(kinds.limited, signal),
        countEvents(kinds.forged, signal),
        countEvents(kinds.locked, signal),
      ])
      return { limited, forged, locked }
    },
    staleTime: 15_000,
    refetchInterval: 30_000,
  })
}

async function countEvents(type: string, signal: AbortSignal): Promise<number> {
  const query = {
    since: new Date(Date.now() - 86_400_000).toISOString(),
    filter: is('eventType', type),
    sortOrder: 'DESCENDING',
    limit: mostTroubles,
  } as const
  return (await body(api.GET('/api/v1/logs', { params: { query }, signal }))).length
}
