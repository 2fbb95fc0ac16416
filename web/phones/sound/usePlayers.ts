import { useEffect, useRef, useState } from 'react'
import { play } from '../../shared/sound/playback'
import { speak, wait } from '../../shared/sound/voice'
import type { Call } from '../state/wire'

interface Player {
  /** What is played: a call that goes on with another document plays from further on. */
  part: string
  stop: AbortController
}

/**
 * Plays every answered call and tells which piece of each is being said (by call id; absent before and after the
 * words). `loud` is whether the words are spoken; they are shown anyway.
 */
export function usePlayers(answered: Call[], loud: boolean): Partial<Record<string, number>> {
  const [playing, setPlaying] = useState<Partial<Record<string, number>>>({})
  const players = useRef(new Map<string, Player>())
  const audible = useRef(loud)

  useEffect(() => {
    audible.current = loud
    if (!loud) (window.speechSynthesis as SpeechSynthesis | undefined)?.cancel()
  }, [loud])

  useEffect(() => {
    const say: typeof speak = (piece, signal) =>
      audible.current ? speak(piece, signal) : Promise.reject(new Error('sound is off'))
    for (const [id, player] of players.current) {
      if (answered.some((call) => call.id === id)) continue
      player.stop.abort()
      players.current.delete(id)
    }
    for (const { id, script, playFrom } of answered) {
      const before = players.current.get(id)
      const part = `${playFrom}-${script.length}`
      if (before?.part === part) continue
      before?.stop.abort()
      const stop = new AbortController()
      players.current.set(id, { part, stop })
      const at = (index: number | undefined) => setPlaying((all) => ({ ...all, [id]: index }))
      void play(script, playFrom, say, wait, at, stop.signal)
    }
  }, [answered])

  useEffect(() => {
    const all = players.current
    return () => {
      for (const player of all.values()) player.stop.abort()
      all.clear()
    }
  }, [])

  return playing
}
