import { useQuery } from '@tanstack/react-query'
import { api, body } from '../api/client'
import { Refusal } from '../api/refusal'
import { useSession } from './session'

/** Whether who is in may change settings, which super administrators may; undefined until it is known. */
export function useMayChange(): boolean | undefined {
  const { data: session } = useSession()
  const id = session?.userId ?? ''
  const { data } = useQuery({
    queryKey: ['mayChange', id],
    queryFn: () => isSuper(id),
    enabled: id !== '',
    staleTime: 60_000,
  })
  return data
}

/** The help desk may not even read roles. */
async function isSuper(id: string): Promise<boolean> {
  try {
    const roles = await body(api.GET('/api/v1/users/{id}/roles', { params: { path: { id } } }))
    return roles.some(({ type }) => type === 'SUPER_ADMIN')
  } catch (error) {
    if (error instanceof Refusal && error.status === 403) return false
    throw error
  }
}
