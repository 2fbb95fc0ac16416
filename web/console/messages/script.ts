import type { Piece } from '../../shared/sound/playback'
import type { ScriptPreview } from '../api/client'

/** A call reads about so many characters a second; where no voice is, the words are shown that long. */
const pace = 15

/** One reading of a call and its end, as pieces that can be played. */
export function piecesOf({ language, reading, again }: ScriptPreview): Piece[] {
  return [...reading, ...again].map(({ text = '', pauseMs = 0 }) =>
    text
      ? { kind: 'say', text, language, seconds: 0.3 + text.length / pace }
      : { kind: 'pause', text: '', language, seconds: pauseMs / 1000 },
  )
}
