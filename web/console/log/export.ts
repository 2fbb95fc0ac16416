import { csvHead, csvLine } from './csv'
import { type LogQuery, readPages } from './reader'

export type ExportFormat = 'csv' | 'json'

/** Reads everything that a query finds and makes a file of it. Tells how many events were read so far. */
export async function exportLog(
  query: LogQuery,
  format: ExportFormat,
  signal: AbortSignal,
  onProgress: (read: number) => void,
): Promise<Blob> {
  const parts: string[] = [format === 'csv' ? csvHead : '[']
  let read = 0
  await readPages(query, {
    atMost: Infinity,
    signal,
    onPage: (events) => {
      read += events.length
      for (const event of events) {
        parts.push(format === 'csv' ? csvLine(event) : `${parts.length > 1 ? ',' : ''}\n${JSON.stringify(event)}`)
      }
      onProgress(read)
    },
  })
  if (format === 'json') parts.push('\n]\n')
  return new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'application/json' })
}

/** Gives a file to the person, as a download. */
export function download(file: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The download has begun when the click returns; the address may go a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
