import { TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'

interface Props {
  label: string
  unit: string
  value: number | undefined
  min: number
  max: number
  onSave: (value: number | undefined) => void
}

/** A number that is saved on Enter or when one leaves the field; an empty field is no number. */
export function NumberField({ label, unit, value, min, max, onSave }: Props) {
  const shown = value === undefined ? '' : String(value)
  const [typed, setTyped] = useState<string>()
  const save = (event?: SubmitEvent) => {
    event?.preventDefault()
    if (typed === undefined) return
    const number = Number(typed)
    setTyped(undefined)
    if (typed.trim() === '') onSave(undefined)
    else if (Number.isFinite(number)) onSave(Math.min(max, Math.max(min, number)))
  }
  return (
    <form onSubmit={save}>
      <TextInput
        size="sm"
        label={label}
        inputMode="decimal"
        value={typed ?? shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => save()}
        rightSection={<span aria-hidden>{unit}</span>}
        rightSectionWidth={36}
        autoComplete="off"
      />
    </form>
  )
}
