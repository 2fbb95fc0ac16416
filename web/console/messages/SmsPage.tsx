import { Loader, SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { LookOnly } from '../elements/LookOnly'
import { PageHead } from '../elements/PageHead'
import { Refused } from '../elements/Refused'
import classes from './Messages.module.css'
import { PurposeCard } from './PurposeCard'
import { usePurposes } from './queries'
import { Templates } from './Templates'
import { type Channel, channels, purposes } from './words'

/** What messages say, by purpose: the way to the editor of each. */
export function Component() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const channel: Channel = search.get('channel') === 'call' ? 'call' : 'sms'
  const { data, error, isPending } = usePurposes(channel)
  return (
    <>
      <PageHead title={t('page.sms')} about={t('sms.about')} />
      {error ? <Refused error={error} /> : <LookOnly />}
      {isPending && <Loader aria-label={t('loading')} />}
      {data && (
        <>
          <SegmentedControl
            className={classes.channels}
            aria-label={t('sms.channel')}
            value={channel}
            onChange={(value) => setSearch(value === 'call' ? { channel: 'call' } : {}, { replace: true })}
            data={channels.map((value) => ({ value, label: t(`sms.of.${value}`) }))}
          />
          <ul className={classes.cards}>
            {purposes.map((purpose) => {
              const words = data.find((one) => one.purpose === purpose)
              return words && <PurposeCard key={purpose} channel={channel} words={words} />
            })}
          </ul>
          {channel === 'sms' && <Templates />}
        </>
      )}
    </>
  )
}
