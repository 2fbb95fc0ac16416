/** A body as people read it: JSON indented, a form as one decoded line per field, anything else as it is. */
export function pretty(body: string): string {
  return json(body) ?? form(body) ?? body
}

function json(body: string): string | undefined {
  if (!/^\s*[[{]/.test(body)) return undefined
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return undefined
  }
}

function form(body: string): string | undefined {
  if (!/^[\w.%-]+=[^\s<>]*$/.test(body)) return undefined
  return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join('\n')
}
