import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { IconMessage, IconPhone } from '../../shared/icons'
import type { Transaction } from '../api/client'
import { Refused } from '../elements/Refused'
import classes from './SignIn.module.css'
import { sendCode } from './way'

interface Props {
  at: Transaction
  onNext: (next: Transaction) => Promise<void>
  onCancel: () => void
}

/** Which phone gets the code; nothing is sent before somebody says so. */
export function ChoosePhone({ at, onNext, onCancel }: Props) {
  const { t } = useTranslation()
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: async (factorId: string) => onNext(await sendCode(at.stateToken ?? '', factorId)),
  })
  return (
    <div className={classes.form}>
      <p className={classes.quiet}>{t('signIn.choose')}</p>
      {at._embedded.factors?.map(({ id, factorType, profile }, index) => (
        <Button
          key={id}
          variant="default"
          size="md"
          justify="start"
          autoFocus={index === 0}
          leftSection={factorType === 'call' ? <IconPhone /> : <IconMessage />}
          loading={isPending && variables === id}
          onClick={() => mutate(id)}
        >
          {t(factorType === 'call' ? 'signIn.byCall' : 'signIn.bySms', { number: profile.phoneNumber })}
        </Button>
      ))}
      <Refused error={error} />
      <Button variant="subtle" color="gray" onClick={onCancel}>
        {t('signIn.cancel')}
      </Button>
    </div>
  )
}
