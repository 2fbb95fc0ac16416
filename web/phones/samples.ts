import { Refusal } from './api'

/**
 * A sample message and a sample call, straight to the simulated carrier as a customer of Twilio would send them. The
 * credentials are the simulator's own, which the operator's contract publishes; they are good for nothing else.
 */
const account = 'AC00000000000000000000000000000001'
const token = 'simulator-twilio-token'
const from = '+15005550006'

async function post(resource: string, form: Record<string, string>) {
  const answer = await fetch(`/2010-04-01/Accounts/${account}/${resource}.json`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${account}:${token}`)}` },
    body: new URLSearchParams({ From: from, ...form }),
  })
  if (answer.ok) return
  const { message } = (await answer.json().catch(() => ({}))) as { message?: string }
  throw new Refusal(message ?? `${answer.status} ${answer.statusText}`)
}

/** Six digits, for the eye only: nothing is protected by them. */
const sampleCode = () =>
  String(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0)
    .padStart(6, '0')
    .slice(-6)

export const sampleMessage = (to: string) =>
  post('Messages', { To: to, Body: `${sampleCode()} is your sample code. It protects nothing.` })

export const sampleCall = (to: string) => {
  const digits = [...sampleCode()].map((digit) => `<Say>${digit}</Say><Pause length="1"/>`).join('')
  const twiml = `<Response><Say>Hello. Your sample code is</Say><Pause length="1"/>${digits}<Say>Goodbye.</Say></Response>`
  return post('Calls', { To: to, Twiml: twiml })
}

/** The same message as a line for a terminal. */
export const curlLine = (to: string, origin: string) =>
  `curl -u ${account}:${token} ${origin}/2010-04-01/Accounts/${account}/Messages.json --data-urlencode To=${to} --data-urlencode From=${from} -d 'Body=Your code is 481516'`
