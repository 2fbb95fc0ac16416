import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { Unreachable } from '../api/refusal'
import { noticeSignedOut } from './session'

/** The cache of everything that was read from the API. A refusal is an answer; only a missing answer is asked for again. */
export function newQueries(): QueryClient {
  const notice = (error: unknown) => noticeSignedOut(queries, error)
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: notice }),
    mutationCache: new MutationCache({ onError: notice }),
    defaultOptions: {
      queries: { retry: (failures, error) => error instanceof Unreachable && failures < 2, staleTime: 5_000 },
    },
  })
  return queries
}
