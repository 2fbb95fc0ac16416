import { ActionIcon, Button, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconPlus, IconTrash } from '../../shared/icons'
import { aboutField } from '../api/refusal'
import classes from './Hooks.module.css'
import { filled, type Header } from './hooks'

/** As many as the server takes. */
const most = 20

interface Props {
  headers: readonly Header[]
  error: unknown
  onChange: (headers: readonly Header[]) => void
}

/** More headers of the request, line by line. */
export function HeaderLines({ headers, error, onChange }: Props) {
  const { t } = useTranslation()
  const set = (at: number, part: Partial<Header>) =>
    onChange(headers.map((header, index) => (index === at ? { ...header, ...part } : header)))
  // The server counts the lines that it was sent.
  const placeOf = (at: number) => filled(headers.slice(0, at)).length
  return (
    <fieldset className={classes.group}>
      <legend>{t('hooks.headers')}</legend>
      <p className={classes.quiet}>{t('hooks.headersHint')}</p>
      {headers.map(({ key, value }, index) => (
        <div key={index} className={classes.line}>
          <TextInput
            aria-label={t('hooks.headerKey', { number: index + 1 })}
            placeholder="X-Region"
            maxLength={255}
            spellCheck={false}
            value={key}
            onChange={(event) => set(index, { key: event.currentTarget.value })}
            error={aboutField(error, `channel.config.headers[${placeOf(index)}].key`)}
          />
          <TextInput
            aria-label={t('hooks.headerValue', { number: index + 1 })}
            placeholder="eu"
            maxLength={4096}
            spellCheck={false}
            value={value}
            onChange={(event) => set(index, { value: event.currentTarget.value })}
            error={aboutField(error, `channel.config.headers[${placeOf(index)}].value`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('hooks.headerRemove', { number: index + 1 })}
            onClick={() => onChange(headers.filter((_, at) => at !== index))}
          >
            <IconTrash />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} />}
          disabled={headers.length >= most}
          onClick={() => onChange([...headers, { key: '', value: '' }])}
        >
          {t('hooks.headerAdd')}
        </Button>
      </div>
    </fieldset>
  )
}
