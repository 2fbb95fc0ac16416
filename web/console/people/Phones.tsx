import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconMessage, IconPhone } from '../../shared/icons'
import { readable } from '../../shared/number'
import { api, body, type Factor, type User } from '../api/client'
import { ActionButton } from '../elements/ActionButton'
import { Confirm } from '../elements/Confirm'
import elements from '../elements/elements.module.css'
import { Pill, type Tone } from '../elements/Pill'
import { Refused } from '../elements/Refused'
import classes from './People.module.css'
import { nameOf } from './person'

const tones: Record<Factor['status'], Tone> = { ACTIVE: 'good', PENDING_ACTIVATION: 'warn', INACTIVE: 'bad' }

/** The phones of a person. A lost one is reset: its owner sets up another at the next sign-in. */
export function Phones({ user }: { user: User }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Factor>()
  const key = ['factors', user.id]
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: () => body(api.GET('/api/v1/users/{userId}/factors', { params: { path: { userId: user.id } } })),
  })
  const reset = async (factorId: string) => {
    const params = { path: { userId: user.id, factorId } }
    try {
      await api.DELETE('/api/v1/users/{userId}/factors/{factorId}', { params })
    } finally {
      await queries.invalidateQueries({ queryKey: key })
    }
  }
  return (
    <section className={elements.card} aria-labelledby="phones">
      <h2 id="phones">{t('phones.title')}</h2>
      <Refused error={error} />
      {data?.length === 0 && <p className={classes.quiet}>{t('phones.none')}</p>}
      <ul className={classes.phones}>
        {data?.map((factor) => {
          const { id, factorType, status, profile } = factor
          const number = readable(profile.phoneNumber ?? '')
          return (
            <li key={id}>
              {factorType === 'call' ? <IconPhone /> : <IconMessage />}
              <div>
                <b>{number}</b>
                {profile.phoneExtension && ` ${t('phones.extension', { digits: profile.phoneExtension })}`}
                <span>
                  {t(`channel.${factorType}`)} <Pill tone={tones[status]}>{t(`phones.${status}`)}</Pill>
                </span>
              </div>
              <ActionButton
                right="support"
                variant="default"
                size="compact-sm"
                aria-label={t('phones.resetOf', { number })}
                onClick={() => setAsking(factor)}
              >
                {t('phones.reset')}
              </ActionButton>
            </li>
          )
        })}
      </ul>
      {asking && (
        <Confirm
          title={t('phones.resetTitle', { number: readable(asking.profile.phoneNumber ?? '') })}
          action={t('phones.reset')}
          danger
          onConfirm={() => reset(asking.id)}
          onClose={() => setAsking(undefined)}
        >
          {t('phones.resetText', { name: nameOf(user) })}
        </Confirm>
      )}
    </section>
  )
}
