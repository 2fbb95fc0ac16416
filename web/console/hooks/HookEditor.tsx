import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type InlineHook, isChanged, isGone, type Provider } from '../api/client'
import { aboutField } from '../api/refusal'
import { Confirm } from '../elements/Confirm'
import { Dialog } from '../elements/Dialog'
import { Overwritten } from '../elements/Overwritten'
import { Refused } from '../elements/Refused'
import { HeaderLines } from './HeaderLines'
import classes from './Hooks.module.css'
import { changesOf, emptyForm, type Form, formOf, isTouched, otherCarrier, shownFields } from './hooks'
import { hooksKey, readHook, saveHook, type Seen } from './queries'

interface Props {
  /** The hook as it is stored; none to add one. */
  stored: Seen<InlineHook> | undefined
  hooks: readonly InlineHook[]
  providers: readonly Provider[]
  onClose: () => void
}

/** Adds or edits a hook. A save that fails, or that would undo somebody else's change, loses nothing. */
export function HookEditor({ stored, hooks, providers, onClose }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [base, setBase] = useState(stored)
  const hook = stored?.is
  const [start, setStart] = useState<Form>(() => (hook ? formOf(hook) : emptyForm))
  const [form, setForm] = useState(start)
  const [theirs, setTheirs] = useState<Seen<InlineHook>>()
  const [leaving, setLeaving] = useState(false)

  const save = useMutation({
    mutationFn: async () => {
      try {
        await saveHook(theirs ?? base, form)
        return undefined
      } catch (error) {
        if (!isChanged(error) || !hook) throw error
        return readHook(hook.id)
      }
    },
    onSuccess: (changed) => {
      setTheirs(changed)
      if (!changed) onClose()
    },
    onSettled: () => queries.invalidateQueries({ queryKey: hooksKey }),
  })
  const set = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }))
  const close = () => (isTouched(form, start) ? setLeaving(true) : onClose())
  const field = (name: string) => aboutField(save.error, name)
  const config = (name: string) => field(`channel.config.${name}`)
  const other = otherCarrier(hook, hooks, providers)
  const sameHeader = hook?.channel.config.authScheme.key.toLowerCase() === form.authKey.trim().toLowerCase()
  return (
    <Dialog
      place="right"
      onClose={close}
      size="min(560px, 100%)"
      title={hook ? t('hooks.editOf', { name: hook.name }) : t('hooks.add')}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        {!hook && (
          <p className={classes.quiet}>
            {other ? t(`hooks.starts.${other.is}`, { name: other.name }) : t('hooks.starts.active')}
          </p>
        )}
        <TextInput
          label={t('hooks.name')}
          required
          maxLength={255}
          data-autofocus
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={field('name')}
        />
        <TextInput
          label={t('hooks.uri')}
          description={t('hooks.uriHint')}
          placeholder="https://hooks.example.com/otp"
          required
          maxLength={1024}
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          value={form.uri}
          onChange={(event) => set({ uri: event.currentTarget.value })}
          error={config('uri')}
        />
        <fieldset className={classes.group}>
          <legend>{t('hooks.auth')}</legend>
          <TextInput
            label={t('hooks.authKey')}
            required
            maxLength={255}
            spellCheck={false}
            autoComplete="off"
            value={form.authKey}
            onChange={(event) => set({ authKey: event.currentTarget.value })}
            error={config('authScheme.key') || config('authScheme')}
          />
          <PasswordInput
            label={t('hooks.secret')}
            description={t(sameHeader ? 'providers.tokenKept' : 'hooks.secretHint')}
            required={!sameHeader}
            maxLength={4096}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ 'aria-label': t('providers.showToken') }}
            value={form.secret}
            onChange={(event) => set({ secret: event.currentTarget.value })}
            error={config('authScheme.value')}
          />
        </fieldset>
        <HeaderLines headers={form.headers} error={save.error} onChange={(headers) => set({ headers })} />
        {theirs && base && (
          <Overwritten
            onTake={() => {
              const now = formOf(theirs.is)
              setBase(theirs)
              setStart(now)
              setForm({ ...now, secret: form.secret })
              setTheirs(undefined)
            }}
          >
            {changesOf(base.is, theirs.is).map(({ what, value }) => (
              <li key={what}>
                {t(`hooks.${what}` as 'hooks.uri')}: {value}
              </li>
            ))}
            {changesOf(base.is, theirs.is).length === 0 && <li>{t('hooks.otherState')}</li>}
          </Overwritten>
        )}
        <Refused
          error={save.error}
          shown={shownFields(form)}
          {...(hook && isGone(save.error) ? { words: t('hooks.gone') } : {})}
        />
        <div className={classes.formFoot}>
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {theirs ? t('changed.overwrite') : hook ? t('save') : t('hooks.add')}
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
