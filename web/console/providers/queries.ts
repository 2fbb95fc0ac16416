import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, body } from '../api/client'

export const providersKey = ['providers'] as const

/** The configured providers, the primary first. Somebody else may change them, so they are read again when looked at. */
export function useProviders(enabled = true) {
  return useQuery({ queryKey: providersKey, queryFn: () => body(api.GET('/api/v1/telephony-providers')), enabled })
}

export const readProvider = (customTelephonyProviderId: string) =>
  body(
    api.GET('/api/v1/telephony-providers/{customTelephonyProviderId}', {
      params: { path: { customTelephonyProviderId } },
    }),
  )

const steps = {
  activate: '/api/v1/telephony-providers/{customTelephonyProviderId}/lifecycle/activate',
  deactivate: '/api/v1/telephony-providers/{customTelephonyProviderId}/lifecycle/deactivate',
  setPrimary: '/api/v1/telephony-providers/{customTelephonyProviderId}/setAsPrimary',
} as const

export type Step = keyof typeof steps | 'delete'

/** Takes a step in the life of a provider; what the page shows is read again, also when the step was refused. */
export function useStep(customTelephonyProviderId: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (step: Step) => {
      const params = { path: { customTelephonyProviderId } }
      if (step === 'delete') {
        await api.DELETE('/api/v1/telephony-providers/{customTelephonyProviderId}', { params })
      } else {
        await api.POST(steps[step], { params })
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: providersKey }),
  })
}
