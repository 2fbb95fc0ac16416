import { Input, Radio, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { aboutField } from '../api/refusal'
import { type Carrier, type Channel, type Choice, methodsOf } from './carriers'
import classes from './Providers.module.css'

interface Props {
  carrier: Carrier
  channel: Channel
  choice: Choice
  onChange: (choice: Choice) => void
  error: unknown
}

/** How a channel is sent: the methods explained, and the one field that the chosen method needs. */
export function MethodField({ carrier, channel, choice, onChange, error }: Props) {
  const { t } = useTranslation()
  const path = `providerSettings.${channel}`
  return (
    <fieldset className={classes.methods}>
      <legend>{t(`channel.${channel}`)}</legend>
      {methodsOf(carrier, channel).map(({ key, option, fixed }) => {
        // The keys of a text follow the catalogue of methods; a test proves that every one is there.
        const text = (part: 'title' | 'about' | 'label' | 'hint') =>
          t(`method.${channel}.${key}.${part}` as 'method.sms.twilioPhoneNumber.title')
        const chosen = choice.method === key
        return (
          <div key={key} className={classes.method} data-chosen={chosen || undefined}>
            <Radio
              name={channel}
              label={text('title')}
              description={text('about')}
              checked={chosen}
              onChange={() => onChange({ ...choice, method: key })}
            />
            {chosen && fixed === undefined && (
              <TextInput
                label={text('label')}
                placeholder={text('hint')}
                required
                maxLength={64}
                spellCheck={false}
                autoComplete="off"
                value={choice.typed[key] ?? ''}
                onChange={(event) =>
                  onChange({ ...choice, typed: { ...choice.typed, [key]: event.currentTarget.value } })
                }
                error={aboutField(error, `${path}.${option}`)}
              />
            )}
            {chosen && fixed !== undefined && aboutField(error, `${path}.${option}`) && (
              <Input.Error>{aboutField(error, `${path}.${option}`)}</Input.Error>
            )}
          </div>
        )
      })}
      <div className={classes.method} data-chosen={choice.method === '' || undefined}>
        <Radio
          name={channel}
          label={t(`method.none.${channel}`)}
          checked={choice.method === ''}
          onChange={() => onChange({ ...choice, method: '' })}
        />
      </div>
      {aboutField(error, path) && <Input.Error>{aboutField(error, path)}</Input.Error>}
    </fieldset>
  )
}
