import { api, body, type Transaction } from '../api/client'

/** The steps of the Authn API: from a login and a password, by a code where there is a phone, to a session token. */

export const signIn = (username: string, password: string) =>
  body<Transaction>(api.POST('/api/v1/authn', { body: { username, password } }))

export const sendCode = (stateToken: string, factorId: string) =>
  body<Transaction>(
    api.POST('/api/v1/authn/factors/{factorId}/verify', {
      params: { path: { factorId } },
      body: { stateToken, passCode: '' },
    }),
  )

export const checkCode = (stateToken: string, factorId: string, passCode: string) =>
  body<Transaction>(
    api.POST('/api/v1/authn/factors/{factorId}/verify', {
      params: { path: { factorId } },
      body: { stateToken, passCode },
    }),
  )

export const resendCode = (stateToken: string, factorId: string) =>
  body<Transaction>(
    api.POST('/api/v1/authn/factors/{factorId}/verify/resend', {
      params: { path: { factorId } },
      body: { stateToken },
    }),
  )

export const goBack = (stateToken: string) =>
  body<Transaction>(api.POST('/api/v1/authn/previous', { body: { stateToken } }))

export const giveUp = (stateToken: string) => api.POST('/api/v1/authn/cancel', { body: { stateToken } })

/** A path of this very site to return to after signing in; anything else leads to the first page. */
export function safeReturn(wanted: string | null): string {
  return wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/login') ? wanted : '/'
}
