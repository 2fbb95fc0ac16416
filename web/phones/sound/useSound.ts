import { createContext, useContext, useEffect, useMemo, useState } from 'react'
import { remember, remembered } from '../../shared/remember'
import { Ringer } from './ringer'

export interface Sound {
  /** The person wants to hear the phones. */
  wanted: boolean
  setWanted: (wanted: boolean) => void
  /** The browser still waits for a click or a key before it makes a sound. */
  blocked: boolean
}

export const SoundContext = createContext<Sound>({ wanted: false, setWanted: () => undefined, blocked: true })
export const useSound = () => useContext(SoundContext)

/** Rings while `ringing`, if the person wants it and the browser allows it. */
export function useRinger(ringing: boolean): Sound {
  const [ringer] = useState(() => new Ringer())
  const [wanted, setWanted] = useState(() => remembered('sound') !== 'off')
  const [blocked, setBlocked] = useState(true)

  useEffect(() => {
    if (!blocked) return
    const unlock = () => void ringer.unlock().then((running) => setBlocked(!running))
    window.addEventListener('pointerdown', unlock)
    window.addEventListener('keydown', unlock)
    return () => {
      window.removeEventListener('pointerdown', unlock)
      window.removeEventListener('keydown', unlock)
    }
  }, [ringer, blocked])

  useEffect(() => {
    if (ringing && wanted && !blocked) return ringer.start()
  }, [ringer, ringing, wanted, blocked])

  return useMemo(
    () => ({
      wanted,
      setWanted: (next: boolean) => {
        remember('sound', next ? 'on' : 'off')
        setWanted(next)
      },
      blocked,
    }),
    [wanted, blocked],
  )
}
