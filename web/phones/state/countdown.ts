/** Whole seconds left until an instant, never below zero; undefined when there is no instant. */
export function secondsLeft(until: string | null, now: number): number | undefined {
  const end = until ? Date.parse(until) : NaN
  return Number.isNaN(end) ? undefined : Math.max(0, Math.ceil((end - now) / 1000))
}

/** How much of the time from start to end is gone, 0 to 1. */
export function fractionGone(start: string, end: string | null, now: number): number {
  const from = Date.parse(start)
  const to = end ? Date.parse(end) : NaN
  if (Number.isNaN(from) || Number.isNaN(to) || to <= from) return 0
  return Math.min(1, Math.max(0, (now - from) / (to - from)))
}

/** A duration in seconds as 0:07 or 12:34. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
