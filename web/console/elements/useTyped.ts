import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'

/**
 * The text of a field whose value stands elsewhere, such as in the address of the page, and is written when the typing
 * pauses. What is typed meanwhile is never overwritten by what comes back of it; a value from elsewhere is shown.
 */
export function useTyped(
  value: string,
  onChange: (value: string) => void,
  delay: number,
): [typed: string, type: (text: string) => void] {
  const [typed, setTyped] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  const send = useDebouncedCallback((text: string) => {
    setSent(text)
    onChange(text)
  }, delay)
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) setTyped(value)
  }
  return [
    typed,
    (text) => {
      setTyped(text)
      send(text.trim())
    },
  ]
}
