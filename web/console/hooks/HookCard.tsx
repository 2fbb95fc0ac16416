import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconSend } from '../../shared/icons'
import type { InlineHook, Provider } from '../api/client'
import { Pill } from '../elements/Pill'
import { When } from '../elements/When'
import { useMay } from '../session/may'
import { HookActions } from './HookActions'
import classes from './Hooks.module.css'
import { isActive, otherCarrier } from './hooks'

interface Props {
  hook: InlineHook
  hooks: readonly InlineHook[]
  providers: readonly Provider[]
  onEdit: () => void
  onPreview: () => void
}

export function HookCard({ hook, hooks, providers, onEdit, onPreview }: Props) {
  const { t } = useTranslation()
  const mayChange = useMay()('administer')
  const { id, name, channel, lastUpdated } = hook
  const { uri, headers, authScheme } = channel.config
  const other = otherCarrier(hook, hooks, providers)
  return (
    <li className={classes.card} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id}>{name}</h2>
        <Pill tone={isActive(hook) ? 'good' : 'plain'}>{t(isActive(hook) ? 'hooks.active' : 'hooks.inactive')}</Pill>
      </div>
      <p className={classes.quiet}>
        {t(isActive(hook) ? 'hooks.carries' : other ? 'hooks.waits' : 'hooks.idle', { name: other?.name })}
      </p>
      <dl className={classes.facts}>
        <dt>{t('hooks.uri')}</dt>
        <dd className={classes.mono}>{uri}</dd>
        <dt>{t('hooks.authKey')}</dt>
        <dd>
          <span className={classes.mono}>{authScheme.key}</span> {t('hooks.secretKept')}
        </dd>
        {headers.length > 0 && (
          <>
            <dt>{t('hooks.headers')}</dt>
            <dd className={classes.mono}>
              {headers.map(({ key, value }) => (
                <div key={key}>
                  {key}: {value}
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>{t('hooks.updated')}</dt>
        <dd>
          <When at={lastUpdated} />
        </dd>
      </dl>
      {mayChange && (
        <div className={classes.foot}>
          <Button
            leftSection={<IconSend size={16} />}
            variant="light"
            aria-label={t('hooks.previewOf', { name })}
            onClick={onPreview}
          >
            {t('hooks.preview')}
          </Button>
          <Button variant="default" aria-label={t('hooks.editOf', { name })} onClick={onEdit}>
            {t('hooks.edit')}
          </Button>
          <HookActions hook={hook} other={other} onEdit={onEdit} />
        </div>
      )}
    </li>
  )
}
