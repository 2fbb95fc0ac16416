import { UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { IconFollow } from '../../shared/icons'
import { useNow } from '../../shared/useNow'
import type { Phone } from '../state/desk'
import { parseSearch } from '../state/search'
import { AddPhone } from './AddPhone'
import classes from './PhoneList.module.css'
import { PhoneRow } from './PhoneRow'

interface Props {
  phones: Phone[]
  query: string
  shown: string | undefined
  following: boolean
  onOpen: (number: string) => void
  onFollow: () => void
}

/** Every phone, newest activity first; a search leaves those where it finds something. */
export function PhoneList({ phones, query, shown, following, onOpen, onFollow }: Props) {
  const { t } = useTranslation()
  const now = useNow(30_000)
  const found = useMemo(() => search(phones, query), [phones, query])
  return (
    <nav className={classes.list} aria-label={t('list.label')}>
      <div className={classes.head}>
        <h2>{query ? t('list.found', { count: found.length }) : t('list.title', { count: phones.length })}</h2>
        <UnstyledButton
          className={classes.follow}
          aria-pressed={following}
          onClick={onFollow}
          title={t('list.followHelp')}
        >
          <IconFollow size={14} />
          {t('list.follow')}
        </UnstyledButton>
      </div>
      <ul>
        {found.map(({ phone, message }) => (
          <PhoneRow
            key={phone.number}
            phone={phone}
            message={message}
            shown={phone.number === shown}
            now={now}
            onOpen={() => onOpen(phone.number)}
          />
        ))}
      </ul>
      {query && found.length === 0 && <p className={classes.nothing}>{t('list.nothing')}</p>}
      <AddPhone onAdd={onOpen} />
    </nav>
  )
}

/**
 * The phones a search finds, each with the newest message that it finds there (without a search: the newest). A number
 * is also found on a phone that got no message.
 */
function search(phones: Phone[], query: string) {
  const finds = parseSearch(query)
  const digits = query.replace(/[\s().-]/g, '')
  const isNumber = /^\+?\d+$/.test(digits)
  return phones
    .map((phone) => ({ phone, message: phone.messages.findLast(finds) }))
    .filter(({ phone, message }) => query === '' || message || (isNumber && phone.number.includes(digits)))
}
