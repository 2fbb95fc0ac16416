import { usePreviewCall, usePreviewSms } from './queries'
import type { Channel, Texts } from './words'

/** The server's word on texts that are being written; the last one stays until the next is there. */
export function usePreview(channel: Channel, texts: Texts) {
  const sms = usePreviewSms(texts, channel === 'sms')
  const call = usePreviewCall(texts, channel === 'call')
  return {
    data: channel === 'sms' ? sms.data : call.data,
    sms: sms.data,
    call: call.data,
    error: channel === 'sms' ? sms.error : call.error,
  }
}

export type Preview = ReturnType<typeof usePreview>
