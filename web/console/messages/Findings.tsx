import { useTranslation } from 'react-i18next'
import { IconAlert } from '../../shared/icons'
import type { TemplateFinding } from '../api/client'
import { readCause } from '../api/refusal'
import classes from './Editor.module.css'

const told = [
  'missing-code',
  'unknown-macro',
  'macro-without-dollar',
  'unbalanced-brace',
  'control-character',
  'too-long',
  'too-long-to-say',
] as const

/** What the server says of a text, but for its alphabet, in the reader's language where we have the words for the rule. */
export function Findings({ findings, also }: { findings: readonly TemplateFinding[]; also: string }) {
  const { t } = useTranslation()
  return (
    <div role="status">
      <ul className={classes.findings}>
        {findings
          .filter(({ rule }) => rule !== 'needs-ucs2')
          .map((finding) => {
            const rule = told.find((one) => one === finding.rule)
            const { refuses, character = '', count = 0, limit = 0, encoding = '' } = finding
            return (
              <li key={finding.rule} data-refuses={refuses || undefined}>
                {refuses && <IconAlert size={16} />}
                <span>
                  {rule ? t(`finding.${rule}`, { character, used: count, limit, encoding }) : words(finding.text)}
                </span>
              </li>
            )
          })}
        {also && (
          <li data-refuses="true">
            <IconAlert size={16} />
            <span>{also}</span>
          </li>
        )}
      </ul>
    </div>
  )
}

const words = (text: string) => readCause(text).text
