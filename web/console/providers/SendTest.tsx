import { Button, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { remember, remembered } from '../../shared/remember'
import type { Provider } from '../api/client'
import { aboutField } from '../api/refusal'
import { Dialog } from '../elements/Dialog'
import { Refused } from '../elements/Refused'
import { type Channel, carrierNames, channels, methodIn } from './carriers'
import { countriesIn, likelyCountry } from './countries'
import classes from './Providers.module.css'
import { sendTest } from './test'
import { TestStory } from './TestStory'

/** Sends a message through one provider and shows what the carrier says, at once and later. */
export function SendTest({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const name = carrierNames[provider.providerName]
  const possible = channels.filter((channel) => methodIn(provider.providerName, provider.providerSettings, channel))
  const [channel, setChannel] = useState<Channel>(possible[0] ?? 'sms')
  const [country, setCountry] = useState(() => remembered('test.country') ?? likelyCountry(navigator.languages))
  const [number, setNumber] = useState(() => remembered('test.number') ?? '')
  const [extension, setExtension] = useState('')
  const countries = useMemo(() => countriesIn(i18n.language), [i18n.language])
  const running = useRef<AbortController>(undefined)

  const send = useMutation({
    mutationFn: async () => {
      running.current = new AbortController()
      remember('test.country', country)
      remember('test.number', number)
      return sendTest(provider.id, { channel, country, number, extension }, running.current.signal)
    },
  })
  const cancelled = send.error instanceof DOMException
  return (
    <Dialog
      onClose={() => {
        running.current?.abort()
        onClose()
      }}
      title={t('test.title', { name })}
      size="lg"
      stay
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <div>
          <div className={classes.label} id="test-using">
            {t('test.using')}
          </div>
          <SegmentedControl
            fullWidth
            aria-labelledby="test-using"
            value={channel}
            onChange={setChannel}
            data={channels.map((value) => ({
              value,
              label: t(`channel.${value}`),
              disabled: !possible.includes(value),
            }))}
          />
          {possible.length === 1 && possible[0] && (
            <p className={classes.hint}>{t(possible[0] === 'sms' ? 'test.onlySms' : 'test.onlyCall')}</p>
          )}
        </div>
        <div className={classes.numbers}>
          <NativeSelect
            label={t('test.country')}
            value={country}
            onChange={(event) => setCountry(event.currentTarget.value)}
            data={countries}
            error={aboutField(send.error, 'countryCodeIso2')}
          />
          <TextInput
            label={t('test.number')}
            placeholder="+1 202 555 0123"
            type="tel"
            autoComplete="tel"
            required
            maxLength={64}
            data-autofocus
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={aboutField(send.error, 'phoneNumber')}
          />
          {channel === 'call' && (
            <TextInput
              label={t('test.extension')}
              maxLength={15}
              value={extension}
              onChange={(event) => setExtension(event.currentTarget.value)}
              error={aboutField(send.error, 'phoneExtension')}
            />
          )}
        </div>
        <div className={classes.formFoot}>
          {send.isPending && (
            <Button variant="default" onClick={() => running.current?.abort()}>
              {t('test.stop')}
            </Button>
          )}
          <Button type="submit" loading={send.isPending} disabled={possible.length === 0}>
            {t(channel === 'call' ? 'test.sendCall' : 'test.sendSms')}
          </Button>
        </div>
      </form>
      {possible.length === 0 && <Refused words={t('test.noMethod', { name })} />}
      {send.error && (
        <div className={classes.answer}>
          {cancelled ? (
            <p className={classes.quiet}>{t('test.stopped')}</p>
          ) : (
            <Refused error={send.error} shown={['phoneNumber', 'countryCodeIso2', 'phoneExtension']} />
          )}
        </div>
      )}
      {send.data && <TestStory key={send.submittedAt} name={name} id={send.data} />}
    </Dialog>
  )
}
