import { useMutation } from '@tanstack/react-query'
import { type CallAction, control } from '../api'
import type { Call } from '../state/wire'

/** The buttons of a call. What comes of them arrives as events; only a refusal comes back here. */
export function useCallControl(call: Call) {
  return useMutation({ mutationFn: (action: CallAction) => control(call.number, call.id, action) })
}
