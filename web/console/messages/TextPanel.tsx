import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TemplateFinding } from '../api/client'
import { aboutField } from '../api/refusal'
import { Refused } from '../elements/Refused'
import { CallPhone } from './CallPhone'
import { fillWorst, type Limits } from './count'
import classes from './Editor.module.css'
import { Findings } from './Findings'
import { Foreign } from './Foreign'
import { directionOf } from './languages'
import { Meter } from './Meter'
import { useRegulations } from './queries'
import { SmsPhone } from './SmsPhone'
import { TextField } from './TextField'
import type { Preview } from './usePreview'
import { type Channel, defaultIn, fieldOf, findingsOf, own, type Stored, type Texts } from './words'

interface Props {
  channel: Channel
  /** Of the texts, and as a BCP 47 tag where it is known, with its name. */
  language: string
  tag: string | undefined
  name: string
  texts: Texts
  defaults: Stored
  preview: Preview
  findings: readonly TemplateFinding[]
  error: unknown
  onChange: ((text: string) => void) | undefined
  onRemove: () => void
  onDefault: () => void
}

/** One text of a template: the field, what it costs, what is wrong with it, and how it arrives. */
export function TextPanel(props: Props) {
  const { channel, language, tag, name, texts, defaults, preview, error, onChange } = props
  const { t } = useTranslation()
  const text = texts[language] ?? ''
  const dir = directionOf(tag ?? 'en')
  const limits = preview.data?.said.checkedUnder
  const sms = useSms(text, language, channel === 'sms' ? limits : undefined, preview)
  const fallsAway = language !== own && text === ''
  const findings = fallsAway ? [] : findingsOf(props.findings, language)
  const refused = findings.some(({ refuses }) => refuses)
  const said = refused ? '' : aboutField(error, fieldOf(language))
  const standard = tag ? defaultIn(defaults, tag) : ''
  const from = limits?.orgName ?? ''
  return (
    <>
      <section className={classes.panel} aria-label={name}>
        <TextField
          id="text"
          label={t(channel === 'sms' ? 'sms.textIn' : 'sms.sentenceIn', { language: name })}
          text={text}
          lang={tag}
          dir={dir}
          foreign={sms?.encoding === 'UCS-2'}
          wrong={refused || said !== ''}
          describedBy="text-said"
          onChange={onChange}
        />
        <div id="text-said" className={classes.stack}>
          {sms && <Meter counted={sms} limit={sms.limit} />}
          {fallsAway && <p className={classes.quiet}>{t('sms.fallsAway')}</p>}
          <Findings findings={findings} also={said} />
          <Refused error={preview.error} />
        </div>
        {sms?.encoding === 'UCS-2' && <Foreign text={text} filled={sms.text} limit={sms.limit} onChange={onChange} />}
        <p className={classes.quiet}>{t(channel === 'sms' ? 'sms.help' : 'sms.helpCall', { org: from || '…' })}</p>
        {onChange && (
          <div className={classes.textActions}>
            {standard !== '' && standard !== text && (
              <Button variant="subtle" size="compact-sm" onClick={props.onDefault}>
                {t('sms.default.open')}
              </Button>
            )}
            {language !== own && (
              <Button variant="subtle" className={classes.danger} size="compact-sm" onClick={props.onRemove}>
                {t('sms.remove.open', { language: name })}
              </Button>
            )}
          </div>
        )}
      </section>
      {channel === 'sms' ? (
        <SmsPhone
          from={from}
          text={sms?.text ?? ''}
          code={sampleOf(limits)}
          lang={tag}
          dir={dir}
          country={sms?.country}
        />
      ) : (
        <CallPhone key={text + language} from={from} script={scriptOf(language, preview)} />
      )}
    </>
  )
}

const sampleOf = (limits: Limits | undefined) => '1234567890'.slice(0, limits?.digits ?? 6)

/** How a text becomes: as the server counts it once it knows the text, and until then as we do. */
function useSms(text: string, language: string, limits: Limits | undefined, { sms }: Preview) {
  const regulations = useRegulations()
  if (!limits) return undefined
  if (sms && sms.texts[language] === text) {
    const told = language === own ? sms.said : sms.said.translations[language]
    if (told) return told
  }
  return fillWorst(text, limits, regulations.data ?? [])
}

function scriptOf(language: string, { call }: Preview) {
  return language === own ? call?.said : call?.said.translations[language]
}
