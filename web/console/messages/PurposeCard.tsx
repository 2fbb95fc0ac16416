import { useTranslation } from 'react-i18next'
import type { PurposeTemplate } from '../api/client'
import { Pill } from '../elements/Pill'
import { CardBody } from './CardBody'
import { type Channel, pathOf, type Source } from './words'

const tones = { CUSTOM: 'accent', SMS_VERIFY_CODE: 'accent', DEFAULT: 'plain' } as const satisfies Record<
  Source,
  string
>

/** What the messages of a purpose say now, and whose words they are. */
export function PurposeCard({ channel, words }: { channel: Channel; words: PurposeTemplate }) {
  const { t } = useTranslation()
  const { purpose, source, template, language, translations, findings } = words
  return (
    <CardBody
      to={pathOf({ channel, purpose })}
      title={t(`purpose.${purpose}.title`)}
      about={t(`purpose.${purpose}.about`)}
      template={template}
      language={language}
      translations={translations}
      problems={findings.filter(({ refuses }) => refuses).length}
    >
      <Pill tone={tones[source]}>{t(`sms.source.${source}`)}</Pill>
    </CardBody>
  )
}
