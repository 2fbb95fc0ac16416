import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Piece } from '../state/wire'
import classes from './CallScreen.module.css'

/** What a call says, with the piece that is being said marked. */
export function Words({ script, now }: { script: Piece[]; now: number | undefined }) {
  const { t } = useTranslation()
  const words = useRef<HTMLDivElement>(null)
  const current = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const [box, piece] = [words.current, current.current]
    if (box && piece) box.scrollTo({ top: piece.offsetTop - box.clientHeight / 2 })
  }, [now])

  return (
    // Scrolls, so the keyboard must reach it.
    <div ref={words} className={classes.words} tabIndex={0} role="region" aria-label={t('call.words')}>
      {script.map((piece, i) => {
        const at = i === now
        const seconds = Math.round(piece.seconds * 10) / 10
        return (
          <span key={i} ref={at ? current : undefined}>
            {piece.kind === 'say' && (
              <span className={classes.piece} data-now={at || undefined} lang={piece.language || undefined}>
                {piece.text}
              </span>
            )}
            {piece.kind === 'pause' && (
              <span
                className={classes.pause}
                data-now={at || undefined}
                title={t('call.pause', { seconds })}
                style={{ width: Math.min(8 + seconds * 8, 60) }}
              />
            )}
            {piece.kind === 'gather' && (
              <span className={classes.mark} data-now={at || undefined}>
                {t('call.waitsForKey', { seconds })}
              </span>
            )}{' '}
          </span>
        )
      })}
    </div>
  )
}
