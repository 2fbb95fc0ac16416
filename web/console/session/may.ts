import { type Role, useSession } from './session'

/** What administrators may do: see people and messages, see settings, help a person, change settings. */
export type Right = 'look' | 'audit' | 'support' | 'administer'

const rights: Record<Role, readonly Right[]> = {
  SUPER_ADMIN: ['look', 'audit', 'support', 'administer'],
  READ_ONLY_ADMIN: ['look', 'audit'],
  HELP_DESK_ADMIN: ['look', 'support'],
}

/** Whether a role has a right. The server decides; this only spares people what it would refuse. */
export const may = (role: Role | undefined, right: Right) => role !== undefined && rights[role].includes(right)

/** Tells what whoever is in may do. */
export function useMay(): (right: Right) => boolean {
  const role = useSession().data?.role
  return (right) => may(role, right)
}
