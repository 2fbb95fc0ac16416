import { useFormats } from '../../shared/useFormats'

/** An instant: the day and the time to the second, with the exact instant in UTC for who points at it. */
export function When({ at, brief }: { at: string; brief?: boolean }) {
  const { day, exact, both } = useFormats()
  return (
    <time dateTime={at} title={at}>
      {brief ? `${day(at)} ${exact(at)}` : both(at)}
    </time>
  )
}
