import { ActionIcon, Button, CloseButton, Kbd, TextInput, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconBook, IconSearch, IconSound, IconSoundOff } from '../../shared/icons'
import { Preferences } from '../../shared/Preferences'
import { useSound } from '../sound/useSound'
import type { Desk } from '../state/desk'
import { CarrierMenu } from './CarrierMenu'
import classes from './Header.module.css'

interface Props {
  desk: Desk
  query: string
  onQuery: (query: string) => void
  onJournal: () => void
}

export function Header({ desk, query, onQuery, onJournal }: Props) {
  const { t } = useTranslation()
  const search = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => search.current?.focus()]])
  return (
    <header className={classes.header}>
      <div className={classes.brand}>
        <img src={new URL('../icon.svg', import.meta.url).href} width="30" height="30" alt="" />
        <span>{t('title')}</span>
      </div>
      <TextInput
        ref={search}
        className={classes.search}
        type="search"
        radius="xl"
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        leftSection={<IconSearch size={16} />}
        rightSection={
          query ? (
            <CloseButton size="sm" aria-label={t('search.clear')} onClick={() => onQuery('')} />
          ) : (
            <Kbd size="xs" className={classes.key}>
              /
            </Kbd>
          )
        }
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onQuery('')
        }}
        title={t('search.help')}
      />
      <div className={classes.carriers}>
        <CarrierMenu carrier="twilio" behavior={desk.carriers.twilio ?? {}} />
        <CarrierMenu carrier="telesign" behavior={desk.carriers.telesign ?? {}} />
      </div>
      <div className={classes.tools}>
        <Button className={classes.journal} variant="subtle" color="gray" size="compact-md" onClick={onJournal}>
          <IconBook size={17} />
          <span>{t('journal.title')}</span>
        </Button>
        <SoundButton />
        <Preferences />
      </div>
    </header>
  )
}

function SoundButton() {
  const { t } = useTranslation()
  const { wanted, setWanted, blocked } = useSound()
  const waits = wanted && blocked
  const label = t(waits ? 'sound.blocked' : wanted ? 'sound.on' : 'sound.off')
  return (
    <Tooltip label={label}>
      <ActionIcon
        className={classes.sound}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        aria-pressed={wanted}
        data-waits={waits || undefined}
        onClick={() => setWanted(!wanted)}
      >
        {wanted ? <IconSound /> : <IconSoundOff />}
      </ActionIcon>
    </Tooltip>
  )
}
