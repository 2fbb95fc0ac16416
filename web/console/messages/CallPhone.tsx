import { Button } from '@mantine/core'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconPhone, IconPhoneDown, IconSound } from '../../shared/icons'
import { type Piece, play } from '../../shared/sound/playback'
import { speak, voiceFor, wait } from '../../shared/sound/voice'
import type { ScriptPreview } from '../api/client'
import { directionOf } from './languages'
import classes from './Phone.module.css'
import { piecesOf } from './script'

/** The call as it is heard, once through, with the words on the screen. */
export function CallPhone({ from, script }: { from: string; script: ScriptPreview | undefined }) {
  const { t } = useTranslation()
  const [now, setNow] = useState<number>()
  const running = useRef<AbortController>(undefined)
  const pieces = useMemo(() => (script ? piecesOf(script) : []), [script])
  useEffect(() => () => running.current?.abort(), [])
  const stop = () => {
    running.current?.abort()
    setNow(undefined)
  }
  const start = () => {
    const controller = new AbortController()
    running.current = controller
    void play(pieces, 0, speak, wait, setNow, controller.signal)
  }
  const language = script?.language ?? 'en'
  return (
    <figure className={classes.phone} aria-label={t('sms.phone')}>
      <div className={classes.screen} data-call>
        <div className={classes.top}>
          <span className={classes.face} aria-hidden="true">
            <IconPhone size={22} />
          </span>
          <b>{from}</b>
          <small>{t('channel.call')}</small>
        </div>
        <div className={classes.said} lang={language} dir={directionOf(language)}>
          {pieces.map((piece, index) => (
            <Said key={index} piece={piece} now={index === now} />
          ))}
        </div>
        <Button
          className={classes.play}
          radius="xl"
          color={now === undefined ? 'teal' : 'red.9'}
          leftSection={now === undefined ? <IconSound size={17} /> : <IconPhoneDown size={17} />}
          disabled={pieces.length === 0}
          onClick={now === undefined ? start : stop}
        >
          {t(now === undefined ? 'sms.play' : 'sms.stop')}
        </Button>
      </div>
      <figcaption>
        {t('sms.times', { count: script?.times ?? 3 })}
        {script && !hasVoice(language) && ` ${t('sms.noVoice')}`}
      </figcaption>
    </figure>
  )
}

function Said({ piece, now }: { piece: Piece; now: boolean }) {
  if (piece.kind === 'pause') return <span className={piece.seconds >= 1 ? classes.longPause : classes.pause}> </span>
  return (
    <span className={piece.text.length > 1 ? classes.words : classes.digit} data-now={now || undefined}>
      {piece.text}
    </span>
  )
}

function hasVoice(language: string): boolean {
  const synthesis = window.speechSynthesis as SpeechSynthesis | undefined
  return voiceFor(synthesis?.getVoices() ?? [], language) !== undefined
}
