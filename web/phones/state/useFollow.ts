import { useState } from 'react'
import { liveCall, type Phone } from './desk'

/**
 * The phone to show while nobody chose one: that of the newest activity (phones come in that order), but a live call
 * stays on the screen until it is over.
 */
export function useFollow(phones: Phone[], following: boolean): string | undefined {
  const [kept, setKept] = useState<string>()
  const current = phones.find((phone) => phone.number === kept)
  const next = current && liveCall(current) ? kept : phones[0]?.number
  if (following && next !== kept) setKept(next)
  return next
}
