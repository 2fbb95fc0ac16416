import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Editor.module.css'
import { Marked } from './Marked'

interface Props {
  id: string
  label: string
  text: string
  lang: string | undefined
  dir: 'rtl' | 'ltr'
  /** Mark what forces the text into UCS-2. */
  foreign: boolean
  wrong: boolean
  describedBy: string
  /** Not there for who may look only. */
  onChange: ((text: string) => void) | undefined
}

const macros = ['${code}', '${org.name}']

/** A text that is written, with marks under it: the marks are drawn on a second copy of the text behind the field. */
export function TextField({ id, label, text, lang, dir, foreign, wrong, describedBy, onChange }: Props) {
  const { t } = useTranslation()
  const area = useRef<HTMLTextAreaElement>(null)
  const insert = (macro: string) => {
    const field = area.current
    if (!field || !onChange) return
    field.setRangeText(macro, field.selectionStart, field.selectionEnd, 'end')
    onChange(field.value)
    field.focus()
  }
  return (
    <div>
      <label className={classes.label} htmlFor={id}>
        {label}
      </label>
      <div className={classes.paper} data-wrong={wrong || undefined} data-fixed={!onChange || undefined}>
        <div className={classes.mirror} lang={lang} dir={dir} aria-hidden="true">
          <Marked text={text} foreign={foreign} />
          {'\u200b'}
        </div>
        <textarea
          ref={area}
          id={id}
          lang={lang}
          dir={dir}
          rows={3}
          maxLength={2000}
          spellCheck={false}
          readOnly={!onChange}
          aria-invalid={wrong || undefined}
          aria-describedby={describedBy}
          value={text}
          onChange={(event) => onChange?.(event.currentTarget.value)}
        />
      </div>
      {onChange && (
        <div className={classes.macros}>
          <span>{t('sms.insert')}</span>
          {macros.map((macro) => (
            <Button
              key={macro}
              size="compact-xs"
              variant="default"
              className={classes.mono}
              aria-label={t('sms.insertOf', { macro })}
              onClick={() => insert(macro)}
            >
              {macro}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}
