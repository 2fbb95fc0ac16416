import { useTranslation } from 'react-i18next'
import { Pill, type Tone } from '../elements/Pill'

const tones: Record<string, Tone> = { ACTIVE: 'good', LOCKED_OUT: 'bad', SUSPENDED: 'bad', DEPROVISIONED: 'bad' }
const known = [
  'ACTIVE',
  'STAGED',
  'PROVISIONED',
  'LOCKED_OUT',
  'SUSPENDED',
  'DEPROVISIONED',
  'RECOVERY',
  'PASSWORD_EXPIRED',
] as const

/** The status of a user in words; one that is not known yet as the API says it. */
export function UserStatus({ status }: { status: string }) {
  const { t } = useTranslation()
  const key = known.find((one) => one === status)
  return <Pill tone={tones[status] ?? 'plain'}>{key ? t(`people.state.${key}`) : status}</Pill>
}
