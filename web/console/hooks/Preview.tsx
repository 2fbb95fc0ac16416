import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InlineHook } from '../api/client'
import { aboutField } from '../api/refusal'
import { Dialog } from '../elements/Dialog'
import { Exchange } from './Exchange'
import { pretty, readObject, type RequestType, requestTypes, type Sample, sampleRequest } from './exchanged'
import classes from './Hooks.module.css'
import { execute } from './queries'

/** Asks a hook as a message would, and shows what was sent, what came back and what that would have meant. */
export function Preview({ hook, onClose }: { hook: InlineHook; onClose: () => void }) {
  const { t } = useTranslation()
  const [sample, setSample] = useState<Sample>(() => ({
    type: 'mfa-verification',
    channel: 'SMS',
    phone: '+12025550142',
    code: '123456',
    text: t('hookPreview.text', { code: '123456' }),
    hookId: hook.id,
    origin: location.origin,
    now: new Date(),
  }))
  const [request, setRequest] = useState(() => pretty(sampleRequest(sample)))
  const [wrong, setWrong] = useState(false)
  const running = useRef<AbortController>(undefined)
  const ask = useMutation({
    mutationFn: async (payload: Record<string, unknown>) => {
      running.current = new AbortController()
      return { payload, ...(await execute(hook.id, payload, running.current.signal)) }
    },
  })
  const set = (part: Partial<Sample>) => {
    const next = { ...sample, ...part }
    setSample(next)
    setRequest(pretty(sampleRequest(next)))
    setWrong(false)
  }
  const close = () => {
    running.current?.abort()
    onClose()
  }
  return (
    <Dialog place="right" size="min(720px, 100%)" onClose={close} title={t('hookPreview.title', { name: hook.name })}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          const payload = readObject(request)
          setWrong(!payload)
          if (payload) ask.mutate(payload)
        }}
      >
        <p className={classes.quiet}>{t('hookPreview.about')}</p>
        <div className={classes.sample}>
          <NativeSelect
            label={t('hookPreview.type')}
            data-autofocus
            value={sample.type}
            onChange={(event) => set({ type: event.currentTarget.value as RequestType })}
            data={requestTypes.map((value) => ({ value, label: t(`hookPreview.types.${value}`) }))}
          />
          <TextInput
            label={t('hookPreview.phone')}
            type="tel"
            maxLength={64}
            value={sample.phone}
            onChange={(event) => set({ phone: event.currentTarget.value })}
          />
          <div>
            <div className={classes.label} id="preview-channel">
              {t('hookPreview.channel')}
            </div>
            <SegmentedControl
              fullWidth
              aria-labelledby="preview-channel"
              value={sample.channel}
              onChange={(channel) => set({ channel })}
              data={[
                { value: 'SMS', label: t('channel.sms') },
                { value: 'CALL', label: t('channel.call') },
              ]}
            />
          </div>
        </div>
        <Textarea
          label={t('hookPreview.request')}
          description={t('hookPreview.requestHint')}
          classNames={{ input: classes.json ?? '' }}
          rows={9}
          spellCheck={false}
          value={request}
          onChange={(event) => {
            setRequest(event.currentTarget.value)
            setWrong(false)
          }}
          error={wrong ? t('hookPreview.noObject') : aboutField(ask.error, 'body')}
        />
        <div className={classes.formFoot}>
          {ask.isPending && (
            <Button variant="default" onClick={() => running.current?.abort()}>
              {t('test.stop')}
            </Button>
          )}
          <Button type="submit" loading={ask.isPending}>
            {t('hookPreview.send')}
          </Button>
        </div>
      </form>
      {(ask.isSuccess || ask.isError) && (
        <Exchange
          key={ask.submittedAt}
          hook={hook}
          payload={ask.variables}
          answer={ask.data?.answer}
          took={ask.data?.took}
          error={ask.error}
        />
      )}
    </Dialog>
  )
}
