import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, isGone, type Provider } from '../api/client'
import { aboutField } from '../api/refusal'
import { Confirm } from '../elements/Confirm'
import { Dialog } from '../elements/Dialog'
import { Refused } from '../elements/Refused'
import {
  type Carrier,
  carrierNames,
  channels,
  differs,
  emptyForm,
  type Form,
  formOf,
  isTouched,
  methodsOf,
  settingsOf,
} from './carriers'
import { Changed } from './Changed'
import { MethodField } from './MethodField'
import classes from './Providers.module.css'
import { providersKey, readProvider } from './queries'

interface Props {
  carrier: Carrier
  /** The stored provider; none to add one. */
  provider: Provider | undefined
  onClose: () => void
}

/** Adds or edits a carrier account. A save that fails, or that would undo somebody else's change, loses nothing. */
export function ProviderEditor({ carrier, provider, onClose }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const name = carrierNames[carrier]
  const [base, setBase] = useState(provider)
  const [start, setStart] = useState(() => (provider ? formOf(provider) : emptyForm))
  const [form, setForm] = useState(start)
  const [changed, setChanged] = useState<Provider>()
  const [leaving, setLeaving] = useState(false)

  const save = useMutation({
    mutationFn: async (over: Provider | undefined) => {
      if (base) {
        const now = await readProvider(base.id)
        if (differs(now, over ?? base)) return now
      }
      await write(carrier, base, form)
      return undefined
    },
    onSuccess: (theirs) => {
      setChanged(theirs)
      if (!theirs) onClose()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: providersKey }),
  })
  const set = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }))
  const close = () => (isTouched(form, start) ? setLeaving(true) : onClose())
  return (
    <Dialog
      place="right"
      onClose={close}
      size="min(560px, 100%)"
      title={t(base ? 'providers.editTitle' : 'providers.addTitle', { name })}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(changed)
        }}
      >
        <p className={classes.quiet}>{t(`providers.where.${carrier}`)}</p>
        <TextInput
          label={t(`providers.sid.${carrier}`)}
          description={t(`providers.sidHint.${carrier}`)}
          required
          maxLength={255}
          spellCheck={false}
          autoComplete="off"
          data-autofocus
          value={form.sid}
          onChange={(event) => set({ sid: event.currentTarget.value })}
          error={aboutField(save.error, 'providerSid')}
        />
        <PasswordInput
          label={t(`providers.token.${carrier}`)}
          description={t(base ? 'providers.tokenKept' : 'providers.tokenHint')}
          required={!base}
          maxLength={255}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('providers.showToken') }}
          value={form.token}
          onChange={(event) => set({ token: event.currentTarget.value })}
          error={aboutField(save.error, 'providerAuthToken')}
        />
        {channels.map((channel) => (
          <MethodField
            key={channel}
            carrier={carrier}
            channel={channel}
            choice={form[channel]}
            onChange={(choice) => set({ [channel]: choice })}
            error={save.error}
          />
        ))}
        {changed && base && (
          <Changed
            carrier={carrier}
            mine={base}
            theirs={changed}
            onTake={() => {
              setBase(changed)
              setStart(formOf(changed))
              setForm({ ...formOf(changed), token: form.token })
              setChanged(undefined)
            }}
          />
        )}
        <Refused
          error={save.error}
          shown={shownFields(carrier)}
          {...(base && isGone(save.error) ? { words: t('providers.gone') } : {})}
        />
        <div className={classes.formFoot}>
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {changed ? t('changed.overwrite') : base ? t('save') : t('providers.add', { name })}
          </Button>
        </div>
      </form>
      {leaving && (
        <Confirm
          title={t('discard.title')}
          action={t('discard.action')}
          danger
          onConfirm={() => {
            onClose()
            return Promise.resolve()
          }}
          onClose={() => setLeaving(false)}
        >
          {t('discard.text')}
        </Confirm>
      )}
    </Dialog>
  )
}

async function write(carrier: Carrier, stored: Provider | undefined, form: Form) {
  const settings = { providerSid: form.sid.trim(), providerSettings: settingsOf(carrier, form) }
  const providerAuthToken = form.token.trim()
  if (!stored) {
    await api.POST('/api/v1/telephony-providers', {
      body: { ...settings, providerAuthToken, providerName: carrier, providerCapability: 'ALL' },
    })
    return
  }
  await api.PATCH('/api/v1/telephony-providers/{customTelephonyProviderId}', {
    params: { path: { customTelephonyProviderId: stored.id } },
    body: providerAuthToken ? { ...settings, providerAuthToken } : settings,
  })
}

/** The fields beside which the form shows its own part of an error. */
function shownFields(carrier: Carrier): string[] {
  const settings = channels.flatMap((channel) => [
    `providerSettings.${channel}`,
    ...methodsOf(carrier, channel).map(({ option }) => `providerSettings.${channel}.${option}`),
  ])
  return ['providerSid', 'providerAuthToken', ...settings]
}
