import { may } from './may'
import { useSession } from './session'

/** Whether who is in may change settings, which super administrators may; undefined until it is known. */
export function useMayChange(): boolean | undefined {
  const role = useSession().data?.role
  return role && may(role, 'administer')
}
