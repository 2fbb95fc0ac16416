import { Loader, VisuallyHidden } from '@mantine/core'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Announcer } from './Announcer'
import { markRead } from './api'
import classes from './App.module.css'
import { Banner } from './Banner'
import { Header } from './header/Header'
import { PhoneList } from './list/PhoneList'
import { Welcome } from './list/Welcome'
import { SoundContext, useRinger } from './sound/useSound'
import { usePlayers } from './sound/usePlayers'
import { Stage } from './Stage'
import { byActivity, newPhone } from './state/desk'
import { useDesk } from './state/useDesk'
import { useFollow } from './state/useFollow'
import { useSelection } from './state/useSelection'

const Journal = lazy(() => import('./journal/Journal'))

export function App() {
  const { t } = useTranslation()
  const { desk, connection, retryNow } = useDesk()
  const [chosen, choose] = useSelection()
  const [query, setQuery] = useState('')
  const [journal, setJournal] = useState<'never' | 'open' | 'closed'>('never')

  const phones = useMemo(() => byActivity(Object.values(desk.phones)), [desk.phones])
  const calls = useMemo(() => phones.flatMap((phone) => phone.calls), [phones])
  const answered = useMemo(() => calls.filter((call) => call.state === 'answered'), [calls])
  const sound = useRinger(calls.some((call) => call.state === 'ringing'))
  const playing = usePlayers(answered, sound.wanted)

  const followed = useFollow(phones, chosen === undefined)
  const shown = chosen ?? followed
  const phone = shown ? (desk.phones[shown] ?? newPhone(shown)) : undefined
  useMarkRead(phone?.number, phone?.unread ?? 0, chosen !== undefined)

  if (!desk.ready) {
    return (
      <div className={classes.page}>
        <Banner connection={connection} onRetry={retryNow} />
        <main className={classes.loading} aria-label={t('title')}>
          <Loader aria-label={t('loading')} />
        </main>
      </div>
    )
  }
  return (
    <SoundContext value={sound}>
      <div className={classes.page} data-chosen={chosen !== undefined || undefined}>
        <Banner connection={connection} onRetry={retryNow} />
        <Header desk={desk} query={query} onQuery={setQuery} onJournal={() => setJournal('open')} />
        {phone ? (
          <main className={classes.columns}>
            <VisuallyHidden>
              <h1>{t('title')}</h1>
            </VisuallyHidden>
            <PhoneList
              phones={phones}
              query={query}
              shown={shown}
              following={chosen === undefined}
              onOpen={choose}
              onFollow={() => choose(chosen === undefined ? shown : undefined)}
            />
            <Stage
              phone={phone}
              playing={playing}
              onTouch={() => {
                if (chosen === undefined) choose(phone.number)
              }}
              onBack={() => choose(undefined)}
            />
          </main>
        ) : (
          <Welcome onOpen={choose} />
        )}
        <Announcer phones={phones} />
        {journal !== 'never' && (
          <Suspense>
            <Journal opened={journal === 'open'} onClose={() => setJournal('closed')} />
          </Suspense>
        )}
      </div>
    </SoundContext>
  )
}

/** A phone that is open on a visible page is read. On a narrow page a phone that nobody chose is not on the screen. */
function useMarkRead(number: string | undefined, unread: number, chosen: boolean) {
  useEffect(() => {
    if (!number || unread === 0) return
    const look = () => {
      const onScreen = chosen || window.matchMedia('(min-width: 768px)').matches
      if (document.visibilityState === 'visible' && onScreen) void markRead(number).catch(() => undefined)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [number, unread, chosen])
}
