import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Times as the reader's language writes them. Instants are ISO strings or ms. */
export function useFormats() {
  const { i18n } = useTranslation()
  const language = i18n.language
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) => {
      const formatter = new Intl.DateTimeFormat(language, options)
      return (instant: string | number) => formatter.format(new Date(instant))
    }
    const short = format({ timeStyle: 'short' })
    const day = format({ month: 'short', day: 'numeric' })
    return {
      /** 10:32 AM */
      short,
      /** 10:32, as on the screen of a phone */
      clock: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
      /** 10:32:05 AM */
      exact: format({ timeStyle: 'medium' }),
      /** 10:32:05.123 AM */
      fine: format({ hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }),
      /** Monday, 2 March */
      date: format({ weekday: 'long', month: 'long', day: 'numeric' }),
      /** Mar 2 */
      day,
      /** Mar 2, 2026, 10:32:05 AM */
      both: format({ dateStyle: 'medium', timeStyle: 'medium' }),
      /** The time of today, else the day. */
      brief: (instant: number, now: number) => (sameDay(instant, now) ? short(instant) : day(instant)),
    }
  }, [language])
}

export function sameDay(a: string | number, b: string | number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}
