/** A part of what a call says: words, a pause, or the wait for a key; `seconds` is what it takes without a voice. */
export interface Piece {
  kind: 'say' | 'pause' | 'gather'
  text: string
  language: string
  seconds: number
}

/** Says one text and resolves when it has been said; rejects when it cannot be heard. */
export type Say = (piece: Piece, signal: AbortSignal) => Promise<void>
/** Waits; resolves early when the signal aborts. */
export type Wait = (seconds: number, signal: AbortSignal) => Promise<void>

/**
 * Plays a script piece by piece from a given one on: says the words, keeps the pauses, waits where the call waits for a
 * key. Words that cannot be heard (no voice, sound off) take as long as they would take, so the highlight keeps its
 * pace. `at` is told the index of the current piece, and undefined at the end.
 */
export async function play(
  script: Piece[],
  from: number,
  say: Say,
  wait: Wait,
  at: (index: number | undefined) => void,
  signal: AbortSignal,
) {
  for (let index = from; index < script.length; index++) {
    const piece = script[index]
    if (!piece || signal.aborted) return
    at(index)
    if (piece.kind === 'say') await say(piece, signal).catch(() => wait(piece.seconds, signal))
    else await wait(piece.seconds, signal)
  }
  if (!signal.aborted) at(undefined)
}
