import { useTranslation } from 'react-i18next'
import { IconBell, IconPhone, IconPhoneDown, IconSoundOff } from '../../shared/icons'
import { useNow } from '../../shared/useNow'
import { useSound } from '../sound/useSound'
import { fractionGone, secondsLeft } from '../state/countdown'
import type { Call } from '../state/wire'
import { Caller } from './Caller'
import classes from './CallScreen.module.css'
import { RoundButton } from './RoundButton'
import { useCallControl } from './useCallControl'

/** A call that rings: who it is, what happens if nobody does anything, and the three things one can do. */
export function RingingCall({ call }: { call: Call }) {
  const { t } = useTranslation()
  const sound = useSound()
  const now = useNow(200)
  const control = useCallControl(call)
  const answersIn = secondsLeft(call.autoAnswerAt, now)
  const endsIn = secondsLeft(call.ringsUntil, now)
  const gone = fractionGone(call.startedAt, call.autoAnswerAt ?? call.ringsUntil, now)
  const silent = !sound.wanted || sound.blocked

  return (
    <div className={classes.call}>
      <Caller call={call} note={t('call.incoming')} />
      <div className={classes.bell} data-shaking aria-hidden="true">
        <svg className={classes.dial} viewBox="0 0 120 120">
          <circle cx="60" cy="60" r="55" opacity="0.25" />
          <circle cx="60" cy="60" r="55" pathLength="1" strokeDasharray="1" strokeDashoffset={gone} />
        </svg>
        <IconPhone size={46} />
      </div>
      <div className={classes.middle}>
        {answersIn !== undefined && <p>{t('call.answersIn', { count: answersIn })}</p>}
        {answersIn === undefined && endsIn !== undefined && <p>{t('call.givesUpIn', { count: endsIn })}</p>}
        {silent && (
          <p className={classes.silent}>
            <IconSoundOff size={15} />
            {t(sound.wanted ? 'call.soundBlocked' : 'call.soundOff')}
          </p>
        )}
        {control.error && <p role="alert">{control.error.message}</p>}
      </div>
      <div className={classes.buttons}>
        <RoundButton
          kind="decline"
          label={t('call.decline')}
          icon={<IconPhoneDown size={28} />}
          disabled={control.isPending}
          onClick={() => control.mutate('decline')}
        />
        {call.autoAnswerAt && (
          <RoundButton
            kind="plain"
            label={t('call.letRing')}
            icon={<IconBell size={26} />}
            disabled={control.isPending}
            onClick={() => control.mutate('ring')}
          />
        )}
        <RoundButton
          kind="answer"
          label={t('call.answer')}
          icon={<IconPhone size={28} />}
          disabled={control.isPending}
          onClick={() => control.mutate('answer')}
        />
      </div>
    </div>
  )
}
