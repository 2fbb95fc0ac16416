import { Loader } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyLine } from '../../shared/CopyLine'
import { api, type ApiToken, body } from '../api/client'
import { ActionButton } from '../elements/ActionButton'
import { Confirm } from '../elements/Confirm'
import { Empty } from '../elements/Empty'
import { LookOnly } from '../elements/LookOnly'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import { When } from '../elements/When'
import classes from '../people/People.module.css'

const key = ['tokens']

export function Component() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<ApiToken>()
  const { data, error, isPending } = useQuery({ queryKey: key, queryFn: () => body(api.GET('/api/v1/api-tokens')) })
  const revoke = async (apiTokenId: string) => {
    await api.DELETE('/api/v1/api-tokens/{apiTokenId}', { params: { path: { apiTokenId } } })
    await queries.invalidateQueries({ queryKey: key })
  }
  return (
    <>
      <PageHead title={t('page.tokens')} about={t('tokens.about')} />
      {error ? <Refused error={error} /> : <LookOnly />}
      {isPending && <Loader aria-label={t('loading')} />}
      {data?.length === 0 && <Empty title={t('tokens.none')} text={t('tokens.noneText')} />}
      {data && data.length > 0 && (
        <table className={classes.list}>
          <thead>
            <tr>
              <th scope="col">{t('tokens.name')}</th>
              <th scope="col">{t('tokens.created')}</th>
              <th scope="col">{t('tokens.expires')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {data.map((token) => (
              <tr key={token.id}>
                <th scope="row">
                  {token.name}
                  <span>{token.id}</span>
                </th>
                <td>
                  <When at={token.created} />
                </td>
                <td>{token.expiresAt ? <When at={token.expiresAt} /> : t('tokens.never')}</td>
                <td>
                  <ActionButton
                    right="administer"
                    variant="default"
                    size="compact-sm"
                    aria-label={t('tokens.revokeOf', { name: token.name })}
                    onClick={() => setAsking(token)}
                  >
                    {t('tokens.revoke')}
                  </ActionButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>{t('tokens.create')}</p>
      <CopyLine text="hookswitch token create --name terraform" />
      {asking && (
        <Confirm
          title={t('tokens.revokeTitle', { name: asking.name })}
          action={t('tokens.revoke')}
          tick={t('tokens.revokeTick')}
          danger
          onConfirm={() => revoke(asking.id)}
          onClose={() => setAsking(undefined)}
        >
          {t('tokens.revokeText')}
        </Confirm>
      )}
    </>
  )
}
