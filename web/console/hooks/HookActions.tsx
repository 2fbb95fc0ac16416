import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconChevron } from '../../shared/icons'
import type { InlineHook } from '../api/client'
import { Action } from '../elements/Action'
import { Confirm } from '../elements/Confirm'
import { Refused } from '../elements/Refused'
import classes from './Hooks.module.css'
import { isActive, type otherCarrier } from './hooks'
import { useStep } from './queries'

interface Props {
  hook: InlineHook
  other: ReturnType<typeof otherCarrier>
  onEdit: () => void
}

/** What can be done with a hook now; what cannot, says why. */
export function HookActions({ hook, other, onEdit }: Props) {
  const { t } = useTranslation()
  const { mutate, mutateAsync, isPending, error, reset } = useStep(hook.id)
  const [asking, setAsking] = useState<'delete' | 'deactivate'>()
  const { name } = hook
  const active = isActive(hook)
  const close = () => {
    setAsking(undefined)
    reset()
  }
  return (
    <>
      <Menu position="bottom-end" width={300} withArrow>
        <Menu.Target>
          <Button
            variant="default"
            aria-label={t('hooks.actionsOf', { name })}
            rightSection={<IconChevron size={15} />}
            loading={isPending && !asking}
          >
            {t('actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {active ? (
            <Action words={t('hooks.deactivate')} onClick={() => setAsking('deactivate')} />
          ) : (
            <Action
              words={t('hooks.activate')}
              why={other && t(`hooks.why.${other.is}`, { name: other.name })}
              onClick={() => mutate('activate')}
            />
          )}
          <Action words={t('hooks.edit')} onClick={onEdit} />
          <Menu.Divider />
          <Action
            words={t('hooks.delete')}
            why={active ? t('hooks.why.active') : undefined}
            onClick={() => setAsking('delete')}
            danger
          />
        </Menu.Dropdown>
      </Menu>
      {!asking && error && (
        <div className={classes.whole}>
          <Refused error={error} />
        </div>
      )}
      {asking === 'deactivate' && (
        <Confirm
          title={t('hooks.deactivateTitle', { name })}
          action={t('hooks.deactivate')}
          onConfirm={() => mutateAsync('deactivate')}
          onClose={close}
        >
          {t('hooks.deactivateText')}
        </Confirm>
      )}
      {asking === 'delete' && (
        <Confirm
          title={t('hooks.deleteTitle', { name })}
          action={t('hooks.delete')}
          tick={t('providers.deleteTick')}
          danger
          onConfirm={() => mutateAsync('delete')}
          onClose={close}
        >
          {t('hooks.deleteText')}
        </Confirm>
      )}
    </>
  )
}
