import { useTranslation } from 'react-i18next'
import { readable } from '../../shared/number'
import { IconSend } from '../../shared/icons'
import type { Provider } from '../api/client'
import { ActionButton } from '../elements/ActionButton'
import { Pill } from '../elements/Pill'
import { carrierNames, type Channel, channels, methodIn } from './carriers'
import { CardHead } from './CardHead'
import { Health } from './Health'
import { ProviderActions } from './ProviderActions'
import classes from './Providers.module.css'

interface Props {
  provider: Provider
  all: readonly Provider[]
  onEdit: () => void
  onTest: () => void
}

export function ProviderCard({ provider, all, onEdit, onTest }: Props) {
  const { t } = useTranslation()
  const { providerName, providerSid, enabled, isPrimaryProvider } = provider
  const name = carrierNames[providerName]
  const role = !enabled ? 'inactive' : isPrimaryProvider ? 'primary' : 'secondary'
  return (
    <section className={classes.card} aria-labelledby={providerName}>
      <CardHead carrier={providerName}>
        <Pill tone={enabled ? 'good' : 'plain'}>{t(enabled ? 'providers.active' : 'providers.inactive')}</Pill>
        {enabled && <Pill tone={isPrimaryProvider ? 'accent' : 'plain'}>{t(`providers.${role}`)}</Pill>}
      </CardHead>
      <p className={classes.about}>{t(`providers.role.${role}`)}</p>
      <dl className={classes.facts}>
        <div>
          <dt>{t(`providers.sid.${providerName}`)}</dt>
          <dd className={classes.mono}>{providerSid}</dd>
        </div>
        {channels.map((channel) => (
          <MethodFact key={channel} provider={provider} channel={channel} />
        ))}
      </dl>
      <Health provider={provider} />
      <div className={classes.foot}>
        <ActionButton
          right="administer"
          leftSection={<IconSend size={16} />}
          variant="light"
          aria-label={t('providers.sendTestOf', { name })}
          onClick={onTest}
        >
          {t('providers.sendTest')}
        </ActionButton>
        <ActionButton
          right="administer"
          variant="default"
          aria-label={t('providers.editTitle', { name })}
          onClick={onEdit}
        >
          {t('providers.edit')}
        </ActionButton>
        <ProviderActions provider={provider} all={all} onEdit={onEdit} />
      </div>
    </section>
  )
}

function MethodFact({ provider, channel }: { provider: Provider; channel: Channel }) {
  const { t } = useTranslation()
  const method = methodIn(provider.providerName, provider.providerSettings, channel)
  return (
    <div>
      <dt>{t(`channel.${channel}`)}</dt>
      <dd>
        {method ? (
          <>
            {t(`method.${channel}.${method.key}.title` as 'method.sms.twilioPhoneNumber.title')}
            {!method.fixed && <span className={classes.mono}> {readable(method.value)}</span>}
          </>
        ) : (
          <span className={classes.quiet}>{t(`method.none.${channel}`)}</span>
        )}
      </dd>
    </div>
  )
}
