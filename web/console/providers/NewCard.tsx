import { useTranslation } from 'react-i18next'
import { IconPlus } from '../../shared/icons'
import { ActionButton } from '../elements/ActionButton'
import { type Carrier, carrierNames, channels, methodsOf } from './carriers'
import { CardHead } from './CardHead'
import classes from './Providers.module.css'

/** A carrier that is not added yet: what it can do and what it needs. */
export function NewCard({ carrier, onAdd }: { carrier: Carrier; onAdd: () => void }) {
  const { t } = useTranslation()
  const name = carrierNames[carrier]
  return (
    <section className={classes.card} data-new aria-labelledby={carrier}>
      <CardHead carrier={carrier} />
      <p className={classes.about}>{t(`providers.carrier.${carrier}`)}</p>
      <dl className={classes.facts}>
        {channels.map((channel) => (
          <div key={channel}>
            <dt>{t(`channel.${channel}`)}</dt>
            <dd>
              {methodsOf(carrier, channel)
                .map(({ key }) => t(`method.${channel}.${key}.title` as 'method.sms.twilioPhoneNumber.title'))
                .join(', ')}
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.foot}>
        <ActionButton right="administer" leftSection={<IconPlus size={16} />} onClick={onAdd}>
          {t('providers.add', { name })}
        </ActionButton>
      </div>
    </section>
  )
}
