import type { Piece, Say, Wait } from './playback'

/** A voice for a language: the exact one, else any of the same language; nothing when the computer has none. */
export function voiceFor<V extends { lang: string }>(voices: V[], language: string): V | undefined {
  const wanted = language.toLowerCase()
  const tag = (voice: V) => voice.lang.toLowerCase().replace('_', '-')
  return (
    voices.find((voice) => tag(voice) === wanted) ??
    voices.find((voice) => tag(voice).split('-')[0] === wanted.split('-')[0])
  )
}

/**
 * Says a piece through the computer's speech synthesis. Rejects when it cannot be heard: no synthesis, no voice, or no
 * gesture yet that would allow the page to speak.
 */
export const speak: Say = (piece, signal) =>
  new Promise((resolve, reject) => {
    const synthesis = window.speechSynthesis as SpeechSynthesis | undefined
    if (!synthesis) {
      reject(new Error('no speech synthesis'))
      return
    }
    const voices = synthesis.getVoices()
    const utterance = utteranceOf(piece, voices)
    const stop = () => {
      synthesis.cancel()
      done(resolve)
    }
    // A browser that falls silent tells nobody: after twice the time of the words we go on.
    const patience = setTimeout(stop, (piece.seconds * 2 + 2) * 1000)
    const done = (settle: () => void) => {
      clearTimeout(patience)
      signal.removeEventListener('abort', stop)
      settle()
    }
    utterance.onend = () => done(resolve)
    utterance.onerror = (event) => done(() => reject(new Error(event.error)))
    signal.addEventListener('abort', stop)
    synthesis.speak(utterance)
    if (voices.length === 0) done(() => reject(new Error('no voice')))
  })

function utteranceOf(piece: Piece, voices: SpeechSynthesisVoice[]): SpeechSynthesisUtterance {
  const utterance = new SpeechSynthesisUtterance(piece.text)
  utterance.lang = piece.language || 'en-US'
  utterance.voice = voiceFor(voices, utterance.lang) ?? null
  return utterance
}

/** Waits some seconds, less when the signal aborts. */
export const wait: Wait = (seconds, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, seconds * 1000)
    signal.addEventListener('abort', end)
  })
