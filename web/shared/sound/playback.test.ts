import { expect, test } from 'vitest'
import { type Piece, play } from './playback'

const piece = (kind: Piece['kind'], text: string, seconds: number): Piece => {
  return { kind, text, language: 'en-US', seconds }
}
const script = [
  piece('say', 'Your code is', 1.5),
  piece('pause', '', 0.5),
  piece('say', '4', 0.4),
  piece('gather', 'waits for a key', 5),
]

function recorder() {
  const heard: string[] = []
  return {
    heard,
    at: (index: number | undefined) => void heard.push(`at ${index ?? 'end'}`),
    say: (piece: Piece) => (heard.push(`say ${piece.text}`), Promise.resolve()),
    mute: () => Promise.reject(new Error('no voice')),
    wait: (seconds: number) => (heard.push(`wait ${seconds}`), Promise.resolve()),
  }
}

test('words are said, pauses kept and the wait for a key waited', async () => {
  const { heard, at, say, wait } = recorder()
  await play(script, 0, say, wait, at, new AbortController().signal)
  expect(heard).toEqual(['at 0', 'say Your code is', 'at 1', 'wait 0.5', 'at 2', 'say 4', 'at 3', 'wait 5', 'at end'])
})

test('words that cannot be heard still take their time', async () => {
  const { heard, at, mute, wait } = recorder()
  await play(script.slice(0, 1), 0, mute, wait, at, new AbortController().signal)
  expect(heard).toEqual(['at 0', 'wait 1.5', 'at end'])
})

test('a hung up call says nothing more', async () => {
  const { heard, at, say, wait } = recorder()
  const stop = new AbortController()
  const sayAndHangUp = async (piece: Piece) => {
    await say(piece)
    stop.abort()
  }
  await play(script, 0, sayAndHangUp, wait, at, stop.signal)
  expect(heard).toEqual(['at 0', 'say Your code is'])
})
